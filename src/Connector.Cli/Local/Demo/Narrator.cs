using System.Diagnostics;
using System.Globalization;
using Connector.Cli.Output;
using Spectre.Console;

namespace Connector.Cli.Local.Demo;

/// <summary>Tells the story of the demo as it happens, each line with the time since the beginning; silent when a program listens.</summary>
internal sealed class Narrator(Screen screen)
{
    private readonly Stopwatch _since = Stopwatch.StartNew();

    public void Chapter(string title)
    {
        if (screen.ForPeople)
        {
            screen.Console.WriteLine();
            screen.Console.MarkupLineInterpolated($"[bold]{title}[/]");
        }
    }

    /// <summary>Somebody did something.</summary>
    public void Tell(string who, string what)
    {
        if (screen.ForPeople)
        {
            screen.Console.MarkupLineInterpolated($"  [dim]{Time()}[/]  [{ColourOf(who)}]{who,-9}[/] {what}");
        }
    }

    private string Time() => string.Create(CultureInfo.InvariantCulture, $"{_since.Elapsed.TotalSeconds,7:0.000} s");

    private static string ColourOf(string who) => who switch
    {
        Cast.Supplier => "green",
        Cast.Battery => "blue",
        Cast.Outsider => "yellow",
        _ => "default",
    };
}

using System.CommandLine;
using System.Text;
using Connector.Testing;

namespace Connector.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public async Task The_help_of_every_verb_is_as_the_golden_file_says()
    {
        var all = new StringBuilder();
        foreach (var path in Paths(Commands.Build(), []))
        {
            var run = await ShellRun.Of([.. path, "--help"]);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            all.Append("$ connector ").AppendJoin(' ', [.. path, "--help"]).Append('\n').Append(run.Output.Replace(RootCommand.ExecutableName, "connector", StringComparison.Ordinal));
        }

        var text = all.ToString();
        Assert.Equal(Golden.Expect("help.txt", text), text);
    }

    [Fact]
    public void Every_verb_that_does_something_teaches_with_an_example()
    {
        var without = Paths(Commands.Build(), [])
            .Select(path => path.Aggregate((Command)Commands.Build(), (command, word) => command.Subcommands.Single(c => c.Name == word)))
            .Where(command => command is not RootCommand and not Verb { Examples.Count: > 0 })
            .Select(command => command.Name);

        Assert.Empty(without);
    }

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        [path, .. command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Paths(c, [.. path, c.Name]))];
}

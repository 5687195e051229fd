using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary>Short tables and lists of facts, and what stands in them.</summary>
internal static class Rows
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(IAnsiConsole console, IReadOnlyCollection<T> items, string none, params (string Heading, Func<T, string> Cell)[] columns)
    {
        var rows = new RowPages<T>(none, columns);
        rows.Write(console, items);
        rows.End(console);
    }

    /// <summary>The facts about one thing, one a line; empty ones left out.</summary>
    public static void WriteFacts(IAnsiConsole console, params (string Name, string Value)[] facts)
    {
        foreach (var (name, value) in facts.Where(f => f.Value.Length > 0))
        {
            console.WriteLine($"{name + ":",-14} {value}");
        }
    }

    public static string Time(Timestamp? time) =>
        time?.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Bytes with a unit of 1024: <c>2.0 GiB</c>.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return unit == 0 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B") : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {units[unit]}");
    }

    /// <summary>A JSON text over several lines; another text as it is.</summary>
    public static string Indented(string json)
    {
        try
        {
            return JsonNode.Parse(json)!.ToJsonString(s_indented);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}

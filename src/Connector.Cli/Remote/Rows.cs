using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary>Plain tables: a heading, one row a line, nothing drawn around them, so that they can be searched and cut.</summary>
internal static class Rows
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(IAnsiConsole console, IReadOnlyCollection<T> items, string none, params (string Heading, Func<T, string> Cell)[] columns)
    {
        if (items.Count == 0)
        {
            console.WriteLine(none);
            return;
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var (heading, _) in columns)
        {
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var item in items)
        {
            table.AddRow([.. columns.Select(column => new Text(column.Cell(item)))]);
        }

        console.Write(table);
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

using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Connector.Cli.Output;

/// <summary>Where a verb's answer goes: to people as tables and sentences, to programs as JSON or YAML. Never both at once.</summary>
internal sealed class Screen
{
    private const int WidthWithoutTerminal = 240;
    private static readonly JsonSerializerOptions s_document = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TextWriter _output;
    private IAnsiConsole? _console;

    public Screen(ParseResult parsed)
        : this(parsed.InvocationConfiguration.Output, parsed.GetValue(VerbOptions.Output))
    {
    }

    public Screen(TextWriter output, OutputFormat format) => (_output, Format) = (output, format);

    public OutputFormat Format { get; }

    public bool ForPeople => Format == OutputFormat.Table;

    /// <summary>The terminal, or a plain stream that behaves like a wide one: no colours, no cursor movement.</summary>
    public IAnsiConsole Console => _console ??= Open();

    /// <summary>Shows one answer in the format that was asked for.</summary>
    public void Show(JsonNode answer, Action<IAnsiConsole> people)
    {
        switch (Format)
        {
            case OutputFormat.Json:
                _output.WriteLine(answer.ToJsonString(s_document));
                break;
            case OutputFormat.Yaml:
                _output.Write(YamlText.Of(answer));
                break;
            default:
                people(Console);
                break;
        }
    }

    /// <summary>Shows a list as it comes, page by page: the same text as if it had come at once, and never held whole.</summary>
    public async Task ShowAsync<T>(IAsyncEnumerable<IReadOnlyCollection<T>> pages, Func<T, JsonNode> answer, RowPages<T> people)
    {
        var begun = false;
        await foreach (var page in pages)
        {
            switch (Format)
            {
                case OutputFormat.Json:
                    _output.Write(string.Concat(page.Select((item, at) => (begun || at > 0 ? ",\n  " : "[\n  ") + answer(item).ToJsonString(s_document).ReplaceLineEndings("\n  "))));
                    break;
                case OutputFormat.Yaml:
                    _output.Write(string.Concat(page.Select(item => YamlText.Of(new JsonArray(answer(item))))));
                    break;
                default:
                    people.Write(Console, page);
                    break;
            }

            begun |= page.Count > 0;
        }

        switch (Format)
        {
            case OutputFormat.Json:
                _output.WriteLine(begun ? "\n]" : "[]");
                break;
            case OutputFormat.Yaml:
                _output.Write(begun ? "" : YamlText.Of(new JsonArray()));
                break;
            default:
                people.End(Console);
                break;
        }
    }

    /// <summary>A line for people alone; programs get nothing.</summary>
    public void Say(string line)
    {
        if (ForPeople)
        {
            _output.WriteLine(line);
        }
    }

    /// <summary>One JSON document on one line, for streams of events; YAML as a document of its own.</summary>
    public void ShowEvent(JsonNode answer, Action<IAnsiConsole> people)
    {
        switch (Format)
        {
            case OutputFormat.Json:
                _output.WriteLine(answer.ToJsonString(s_line));
                break;
            case OutputFormat.Yaml:
                _output.WriteLine("---");
                _output.Write(YamlText.Of(answer));
                break;
            default:
                people(Console);
                break;
        }

        _output.Flush();
    }

    private IAnsiConsole Open()
    {
        var output = new AnsiConsoleOutput(_output);
        var ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Ansi = ansi });
        if (!output.IsTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}

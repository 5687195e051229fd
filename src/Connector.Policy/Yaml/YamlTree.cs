using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Connector.Policies.Yaml;

/// <summary>Reads YAML as people write documents: no anchors, aliases or tags, each key once, bounded in every direction; keeps the positions.</summary>
public static class YamlTree
{
    private const int MaxLength = YamlBytes.MaxLength;
    private const int MaxDepth = 64;
    private const int MaxNodes = 100_000;

    /// <summary>What no text may hold (YAML 1.2, section 5.1): all but tab, line feed and carriage return of the control characters, and what Unicode keeps free.</summary>
    public static readonly SearchValues<char> NoCharacters = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')), '\uFFFE', '\uFFFF']);

    /// <summary>The documents of a text. After a fault of syntax the documents before it are still given.</summary>
    /// <param name="file">What faults call the text; null for none.</param>
    public static ImmutableArray<YamlDocument> Read(string text, string? file, ICollection<Fault> faults)
    {
        if (text.Length > MaxLength)
        {
            var before = text.AsSpan(0, MaxLength);
            faults.Add(new Fault(file, before.Count('\n') + 1, MaxLength - before.LastIndexOf('\n'), "", $"the file goes on past {MaxLength} characters", "split it; data belongs in a file that a Dataset names"));
            return [];
        }

        if (text.AsSpan().IndexOfAny(NoCharacters) is >= 0 and var at)
        {
            var before = text.AsSpan(0, at);
            faults.Add(new Fault(file, before.Count('\n') + 1, at - before.LastIndexOf('\n'), "", string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[at]:X4} is no character of YAML"), "remove it; is this a text file?"));
            return [];
        }

        var documents = ImmutableArray.CreateBuilder<YamlDocument>();
        using var input = new StringReader(text);
        var reading = new State(new Parser(input), file, faults);
        try
        {
            reading.Parser.Consume<StreamStart>();
            while (!reading.Parser.TryConsume<StreamEnd>(out _))
            {
                var start = (int)reading.Parser.Consume<DocumentStart>().Start.Index;
                var root = Node(reading, 0);
                var end = (int)reading.Parser.Consume<DocumentEnd>().End.Index;
                documents.Add(new YamlDocument(root, text[Math.Min(start, text.Length)..Math.Clamp(end, start, text.Length)]));
            }
        }
        catch (InvalidOperationException)
        {
            // The parser's own word for a stream that goes on after its end.
            var end = reading.Parser.Current?.End ?? Mark.Empty;
            faults.Add(new Fault(file, (int)end.Line, (int)end.Column, "", "is not YAML: a document has ended here, and no other begins", "begin the next one with a line '---'"));
        }
        catch (YamlException e)
        {
            faults.Add(new Fault(file, (int)e.End.Line, (int)e.End.Column, "", $"is not YAML: {e.Message.TrimEnd('.')}", "look at the indentation, quotes and brackets here and in the line above; tabs do not indent"));
        }

        return documents.ToImmutable();
    }

    private static YamlNode Node(State reading, int depth)
    {
        var parser = reading.Parser;
        var mark = parser.Current!.Start;
        var (line, column) = ((int)mark.Line, (int)mark.Column);
        if (depth > MaxDepth)
        {
            throw new SyntaxErrorException(mark, mark, string.Create(CultureInfo.InvariantCulture, $"nested deeper than {MaxDepth} levels"));
        }

        if (++reading.Nodes > MaxNodes)
        {
            throw new SyntaxErrorException(mark, mark, string.Create(CultureInfo.InvariantCulture, $"more than {MaxNodes} values"));
        }

        if (parser.Accept<AnchorAlias>(out _) || parser.Current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new SyntaxErrorException(mark, mark, "anchors (&name) and aliases (*name) are not taken here: write the value out");
        }

        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
        {
            throw new SyntaxErrorException(mark, mark, "tags (!name) are not taken here: write the value alone");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null";
            return new YamlScalar(isNull ? "" : scalar.Value, line, column);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(reading, depth + 1));
            }

            return new YamlSequence(items, line, column);
        }

        parser.Consume<MappingStart>();
        return new YamlMapping(Entries(reading, depth), line, column);
    }

    private static List<YamlEntry> Entries(State reading, int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!reading.Parser.TryConsume<MappingEnd>(out _))
        {
            var key = reading.Parser.Consume<Scalar>();
            var value = Node(reading, depth + 1);
            var entry = new YamlEntry(key.Value, (int)key.Start.Line, (int)key.Start.Column, value);
            if (keys.Add(key.Value))
            {
                entries.Add(entry);
            }
            else
            {
                reading.Faults.Add(new Fault(reading.File, entry.KeyLine, entry.KeyColumn, Fields.Shown(key.Value), "stands twice in one mapping", "merge the two"));
            }
        }

        return entries;
    }

    private sealed record State(IParser Parser, string? File, ICollection<Fault> Faults)
    {
        public int Nodes { get; set; }
    }
}

using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Connector.Daemon.Configuration;

/// <summary>A node of the configuration's text with its position, from 1.</summary>
internal abstract record YamlNode(int Line, int Column);

internal sealed record YamlScalar(string Value, int Line, int Column) : YamlNode(Line, Column);

internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column);

internal sealed record YamlEntry(string Key, int KeyLine, int KeyColumn, YamlNode Value);

/// <summary>Reads one YAML document without anchors, aliases and tags, each key once; keeps the positions.</summary>
internal static class YamlTree
{
    private const int MaxDepth = 16;

    /// <summary>The document's mapping; null when it is empty or wrong, the faults then being noted.</summary>
    public static YamlMapping? Read(string text, Reading reading)
    {
        try
        {
            using var input = new StringReader(text);
            var parser = new Parser(input);
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = Node(parser, reading, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
            {
                reading.Add(At(reading, parser.Current!.Start), "", "has more than one document", "remove what begins with '---'");
            }
            else if (root is not YamlMapping && root is not YamlScalar { Value.Length: 0 })
            {
                reading.Add(new Place(reading.File, root.Line, root.Column), "", "does not hold sections such as 'participant:'", "begin with 'participant:' and 'id: did:web:…' beneath it");
            }

            return root as YamlMapping;
        }
        catch (YamlException e)
        {
            reading.Add(At(reading, e.End), "", $"is not YAML: {e.Message.TrimEnd('.')}", "look at the indentation, quotes and brackets here and in the line above; tabs do not indent");
            return null;
        }
    }

    private static YamlNode Node(IParser parser, Reading reading, int depth)
    {
        var (line, column) = ((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);
        if (depth > MaxDepth)
        {
            throw new SyntaxErrorException(parser.Current.Start, parser.Current.End, string.Create(CultureInfo.InvariantCulture, $"nested deeper than {MaxDepth} levels"));
        }

        if (parser.Accept<AnchorAlias>(out var alias))
        {
            throw new SyntaxErrorException(alias.Start, alias.End, "aliases (*name) are not taken here; write the value out");
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
                items.Add(Node(parser, reading, depth + 1));
            }

            return new YamlSequence(items, line, column);
        }

        parser.Consume<MappingStart>();
        return new YamlMapping(Entries(parser, reading, depth), line, column);
    }

    private static List<YamlEntry> Entries(IParser parser, Reading reading, int depth)
    {
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var value = Node(parser, reading, depth + 1);
            if (entries.Exists(entry => entry.Key == key.Value))
            {
                reading.Add(At(reading, key.Start), "", $"has '{key.Value}' twice in one section", "merge the two");
            }

            entries.Add(new YamlEntry(key.Value, (int)key.Start.Line, (int)key.Start.Column, value));
        }

        return entries;
    }

    private static Place At(Reading reading, Mark mark) => new(reading.File, (int)mark.Line, (int)mark.Column);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Connector.Policies.Yaml;

/// <summary>
/// A mapping being read. Each read names a key, so that at the end what was not asked for is known to be unknown. What is wrong is
/// noted as a fault and read as absent: reading goes on, to find the other faults.
/// </summary>
public sealed partial class Fields
{
    private const int MaxShown = 100;
    private const string Naming = "give it a name of at most 128 letters, digits, '-', '_' and '.' that begins with a letter or a digit";

    private readonly string? _file;
    private readonly ICollection<Fault> _faults;
    private readonly List<string> _known = [];

    public Fields(YamlMapping node, string path, string? file, ICollection<Fault> faults) => (Node, Path, _file, _faults) = (node, path, file, faults);

    public YamlMapping Node { get; }

    public string Path { get; }

    /// <summary>The value of a key, whatever it is; null when absent.</summary>
    public YamlNode? Find(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return Node.Entries.FirstOrDefault(e => e.Key == key)?.Value;
    }

    /// <summary>A text; null when absent, empty or no text.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalar { Value.Length: 0 }:
                return null;
            case YamlScalar scalar:
                return scalar.Value;
            case { } other:
                Fault(other, key, "is a list or a mapping where one value is wanted", "write the value after the colon");
                return null;
        }
    }

    /// <summary>A text that must be there; empty when it is not.</summary>
    public string Required(string key, string mend)
    {
        var text = Text(key);
        if (text is null && !(Find(key) is { } present and not YamlScalar))
        {
            Fault(Find(key) ?? Node, key, "is missing", mend);
        }

        return text ?? "";
    }

    /// <summary>The name of a document: what others call it by, and what may stand in an id.</summary>
    public string Name()
    {
        var name = Required("name", Naming);
        if (name.Length > 0 && !IsName(name))
        {
            Fault(Find("name")!, "name", $"'{Shown(name)}' is no name", Naming);
        }

        return name;
    }

    /// <summary>Whether a text can be the name of a document.</summary>
    public static bool IsName(string text) => Named().IsMatch(text);

    /// <summary>One of a few words; the first when absent or unknown.</summary>
    public string OneOf(string key, params ReadOnlySpan<string> words)
    {
        var text = Text(key);
        if (text is null)
        {
            return words[0];
        }

        foreach (var word in words)
        {
            if (word == text)
            {
                return word;
            }
        }

        Fault(Find(key)!, key, $"'{Shown(text)}' is not known here", Suggest(text, words.ToArray()));
        return words[0];
    }

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string key) => Find(key) is { } node ? Texts(node, key) : [];

    /// <summary>A nested mapping; null when absent.</summary>
    public Fields? Section(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalar { Value.Length: 0 }:
                return null;
            case YamlMapping mapping:
                return new Fields(mapping, PathOf(key), _file, _faults);
            case { } other:
                Fault(other, key, "is no mapping", "put its keys beneath it, indented by two spaces");
                return null;
        }
    }

    /// <summary>A list of mappings; one mapping alone counts as a list of one.</summary>
    public ImmutableArray<Fields> Sections(string key)
    {
        var node = Find(key);
        IReadOnlyList<YamlNode> items = node switch
        {
            null or YamlScalar { Value.Length: 0 } => [],
            YamlSequence sequence => sequence.Items,
            var single => [single],
        };
        var sections = ImmutableArray.CreateBuilder<Fields>();
        for (var i = 0; i < items.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{key}[{i}]");
            if (items[i] is YamlMapping mapping)
            {
                sections.Add(new Fields(mapping, PathOf(path), _file, _faults));
            }
            else
            {
                Fault(items[i], path, "is no mapping", "write '- key: value'");
            }
        }

        return sections.ToImmutable();
    }

    /// <summary>A mapping of words to words, whose keys the writer chooses.</summary>
    public ImmutableSortedDictionary<string, string> Words(string key)
    {
        var words = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in Section(key)?.Node.Entries ?? [])
        {
            if (entry.Value is YamlScalar { Value.Length: > 0 } scalar)
            {
                words[entry.Key] = scalar.Value;
            }
            else
            {
                Fault(entry.Value, $"{key}.{entry.Key}", "is no text", "write a text after the colon");
            }
        }

        return words.ToImmutable();
    }

    public ImmutableArray<string> Texts(YamlNode node, string key)
    {
        IReadOnlyList<YamlNode> items = node is YamlSequence sequence ? sequence.Items : [node];
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in items)
        {
            if (item is YamlScalar { Value.Length: > 0 } scalar)
            {
                texts.Add(scalar.Value);
            }
            else
            {
                Fault(item, key, "has an entry that is no text", "write one text after each '-'");
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Notes that something in this mapping is wrong.</summary>
    public void Fault(YamlNode at, string key, string message, string mend) => _faults.Add(new Fault(_file, at.Line, at.Column, PathOf(Shown(key)), message, mend));

    /// <summary>Notes the keys nobody asked for.</summary>
    public void Close()
    {
        foreach (var entry in Node.Entries.Where(e => !_known.Contains(e.Key)))
        {
            Fault(entry.KeyNode, entry.Key, $"'{Shown(entry.Key)}' is not known here", Suggest(entry.Key, _known));
        }
    }

    /// <summary>Which of the known words was meant, as an advice.</summary>
    public static string Suggest(string word, IReadOnlyCollection<string> known) =>
        Nearest.Of(word, known) is { } nearest ? $"did you mean '{nearest}'?" : $"known here are {string.Join(", ", Nearest.First(word, known))}";

    /// <summary>A text as faults show it.</summary>
    public static string Shown(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}

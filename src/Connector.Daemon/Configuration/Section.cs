using System.Collections.Immutable;
using System.Globalization;

using Connector.Policies.Yaml;

namespace Connector.Daemon.Configuration;

/// <summary>
/// A mapping of the configuration being read. Each read names a key, so that at the end what was not asked for is known to be
/// unknown. A value that is wrong is noted as a fault and read as its default: reading goes on, to find the other faults.
/// </summary>
internal sealed class Section
{
    private const int MaxItems = 64;
    private readonly Reading _reading;
    private readonly string _path;
    private readonly YamlMapping? _node;
    private readonly Place _place;
    private readonly List<string> _known = [];

    public Section(Reading reading, string path, YamlMapping? node, Place place) =>
        (_reading, _path, _node, _place) = (reading, path, node, place);

    /// <summary>Reads the section itself, then notes its unknown keys.</summary>
    public T Whole<T>(Func<Section, T> read)
    {
        var value = read(this);
        Close();
        return value;
    }

    /// <summary>A nested mapping; an absent one reads as all defaults.</summary>
    public T Read<T>(string key, Func<Section, T> read)
    {
        var found = Node(key);
        var mapping = found?.Value as YamlMapping;
        if (found is { Value: not YamlMapping } && !IsEmpty(found.Value))
        {
            Fault(key, PlaceOf(found.Value), "is not a section with keys of its own", "put its keys beneath it, indented by two spaces");
        }

        return new Section(_reading, KeyOf(key), mapping, mapping is null ? _place : PlaceOf(mapping)).Whole(read);
    }

    /// <summary>A list of mappings.</summary>
    public ImmutableArray<T> Each<T>(string key, Func<Section, T> read)
    {
        var items = Items(key);
        var all = ImmutableArray.CreateBuilder<T>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{KeyOf(key)}[{i}]");
            if (items[i] is not YamlMapping mapping)
            {
                _reading.Add(PlaceOf(items[i]), path, "is not a section with keys of its own", "write '- name: …' and its other keys beneath");
                continue;
            }

            all.Add(new Section(_reading, path, mapping, PlaceOf(mapping)).Whole(read));
        }

        return all.ToImmutable();
    }

    /// <summary>A list of words.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        if (_reading.Environment.Find(KeyOf(key)) is { } setting)
        {
            return [.. setting.Text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
        }

        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(key))
        {
            if (item is YamlScalar { Value.Length: > 0 } scalar)
            {
                all.Add(scalar.Value);
            }
            else
            {
                Fault(key, PlaceOf(item), "has an entry that is not a word", "write one word after each '-'");
            }
        }

        return all.ToImmutable();
    }

    /// <summary>A mapping of words to words, whose keys the operator chooses.</summary>
    public ImmutableSortedDictionary<string, string> Names(string key)
    {
        var found = Node(key);
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (found is { Value: not YamlMapping } && !IsEmpty(found.Value))
        {
            Fault(key, PlaceOf(found.Value), "is not a mapping", "write 'name: word' lines beneath it");
        }

        foreach (var entry in (found?.Value as YamlMapping)?.Entries ?? [])
        {
            if (entry.Value is YamlScalar { Value.Length: > 0 } scalar)
            {
                all[entry.Key] = scalar.Value;
            }
            else
            {
                Fault($"{key}.{entry.Key}", PlaceOf(entry.Value), "is not a word", "give the name of a token's claim");
            }
        }

        return all.ToImmutable();
    }

    /// <summary>A path made absolute from the configuration's folder.</summary>
    public string Absolute(string path) => _reading.Absolute(path);

    public string? Text(string key) => Find(key)?.Text;

    /// <summary>A text that must be there.</summary>
    public string Required(string key, string mend)
    {
        if (Find(key) is { Text.Length: > 0 } setting)
        {
            return setting.Text;
        }

        Missing(key, mend);
        return "";
    }

    /// <summary>Notes that a key must be there and is not, unless it or a section around it is already known to be wrong.</summary>
    public void Missing(string key, string mend)
    {
        if (!_reading.IsFaulty(KeyOf(key)))
        {
            Fault(key, _place, "is missing", mend);
        }
    }

    /// <summary>A text that must pass a check; the check answers null or what is wrong.</summary>
    public string? Checked(string key, Func<string, string?> faultOf, string mend)
    {
        if (Find(key) is not { } setting)
        {
            return null;
        }

        if (faultOf(setting.Text) is { } wrong)
        {
            Fault(setting, wrong, mend);
        }

        return setting.Text;
    }

    /// <summary>Notes a fault of a value that was read from this section.</summary>
    public void Fault(string key, string message, string mend) =>
        Fault(key, _reading.Environment.Find(KeyOf(key))?.Place ?? (Node(key) is { } entry ? PlaceOf(entry.Value) : _place), message, mend);

    /// <summary>Notes a fault of a value.</summary>
    public void Fault(Setting setting, string message, string mend) => _reading.Add(setting.Place, setting.Key, message, mend);

    private void Fault(string key, Place place, string message, string mend) => _reading.Add(place, KeyOf(key), message, mend);

    private void Close()
    {
        foreach (var entry in _node?.Entries ?? [])
        {
            if (!_known.Contains(entry.Key))
            {
                var nearest = Nearest.Of(entry.Key, _known);
                var mend = nearest is null ? $"the keys here are {string.Join(", ", _known)}" : $"did you mean {nearest}?";
                _reading.Add(new Place(_reading.File, entry.KeyLine, entry.KeyColumn), KeyOf(entry.Key), "is not a key of the configuration", mend);
            }
        }
    }

    /// <summary>The value of a key: the environment's, else the file's; null when absent or empty.</summary>
    public Setting? Find(string key)
    {
        Know(key);
        if (_reading.Environment.Find(KeyOf(key)) is { } setting)
        {
            return setting.Text.Length > 0 ? setting : null;
        }

        switch (Node(key)?.Value)
        {
            case null:
                return null;
            case YamlScalar { Value.Length: > 0 } scalar:
                return new Setting(KeyOf(key), scalar.Value, PlaceOf(scalar));
            case YamlScalar:
                return null;
            case { } other:
                Fault(key, PlaceOf(other), "is a list or a section where one value is wanted", "write the value after the colon");
                return null;
        }
    }

    private IReadOnlyList<YamlNode> Items(string key)
    {
        var found = Node(key);
        switch (found?.Value)
        {
            case null:
                return [];
            case YamlSequence sequence when sequence.Items.Count > MaxItems:
                Fault(key, PlaceOf(sequence), $"has more than {MaxItems} entries", "remove some");
                return [];
            case YamlSequence sequence:
                return [.. sequence.Items];
            case var other when IsEmpty(other):
                return [];
            case var other:
                Fault(key, PlaceOf(other), "is not a list", "write its entries beneath it, each after '- '");
                return [];
        }
    }

    private YamlEntry? Node(string key)
    {
        Know(key);
        return _node?.Entries.FirstOrDefault(entry => entry.Key == key);
    }

    private void Know(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }
    }

    private static bool IsEmpty(YamlNode node) => node is YamlScalar { Value.Length: 0 };

    private Place PlaceOf(YamlNode node) => new(_reading.File, node.Line, node.Column);

    private string KeyOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}

using System.Collections;

using Connector.Policies.Yaml;

namespace Connector.Daemon.Configuration;

/// <summary>
/// Values from variables named <c>CONNECTOR__SECTION__KEY</c> (case does not matter; list entries by number,
/// <c>CONNECTOR__TRUST__DOMAINS__0__CLIENTID</c>). They win over the file.
/// </summary>
internal sealed class EnvironmentOverrides
{
    private const string Prefix = "CONNECTOR__";
    private readonly SortedDictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    public EnvironmentOverrides(IDictionary variables)
    {
        foreach (DictionaryEntry entry in variables)
        {
            if (entry.Key is string name && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                _values[name] = entry.Value as string ?? "";
            }
        }
    }

    /// <summary>The value that overrides a key, if any; the key counts as known from now on.</summary>
    public Setting? Find(string key)
    {
        var name = Name(key);
        _known.Add(name);
        if (!_values.TryGetValue(name, out var value))
        {
            return null;
        }

        _used.Add(name);
        return new Setting(key, value, new Place(name, 0, 0));
    }

    /// <summary>Whether any variable names something beneath this key.</summary>
    public bool Reaches(string key)
    {
        var prefix = Name(key) + "__";
        return _values.Keys.Any(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Variables that no key asked for, each with the nearest name that one would have.</summary>
    public IEnumerable<(string Name, string? Nearest)> Unused() =>
        _values.Keys.Where(name => !_used.Contains(name)).Select(name => (name, Nearest.Of(name, _known)));

    private static string Name(string key) =>
        Prefix + key.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();
}

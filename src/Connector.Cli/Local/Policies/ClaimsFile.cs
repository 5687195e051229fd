using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary>Claims written in a file: a mapping of names to a value or a list of values.</summary>
internal static class ClaimsFile
{
    /// <summary>The claims, each <c>name=value</c>.</summary>
    /// <exception cref="Failure">The file does not exist or is no such mapping.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new Failure($"{path} does not exist", "name a YAML file such as: membership: active");
        }

        var faults = new Faults();
        using var stream = File.OpenRead(path);
        if (YamlBytes.Read(stream, path, faults) is not { } text || YamlTree.Read(text, path, faults) is not [{ Root: YamlMapping mapping }] || faults.Count > 0)
        {
            throw new Failure(faults.Count > 0 ? string.Join('\n', faults) : $"{path} is no mapping of names to values", "write one line for each claim, such as: membership: active");
        }

        var fields = new Fields(mapping, "", path, faults);
        List<string> claims = [.. mapping.Entries.SelectMany(e => fields.Texts(e.Value, e.Key).Select(v => $"{e.Key}={v}"))];
        return faults.Count == 0 ? claims : throw new Failure(string.Join('\n', faults), "mend the claims");
    }
}

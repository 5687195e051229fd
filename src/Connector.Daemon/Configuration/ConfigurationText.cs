using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Daemon.Configuration;

/// <summary>The one document of a configuration file.</summary>
internal static class ConfigurationText
{
    /// <summary>The document's mapping; null when it is empty or wrong, the faults then being noted.</summary>
    public static YamlMapping? Read(string text, Reading reading)
    {
        var faults = new List<Fault>();
        var documents = YamlTree.Read(text, reading.File, faults);
        foreach (var fault in faults)
        {
            reading.Add(new Place(reading.File, fault.Line, fault.Column), "", fault.Path.Length > 0 ? $"'{fault.Path}' {fault.Message}" : fault.Message, fault.Mend);
        }

        if (documents.Length > 1)
        {
            reading.Add(PlaceOf(documents[1].Root), "", "has more than one document", "remove what begins with '---'");
        }

        var root = documents.IsEmpty ? null : documents[0].Root;
        if (root is not null and not YamlMapping and not YamlScalar { Value.Length: 0 })
        {
            reading.Add(PlaceOf(root), "", "does not hold sections such as 'participant:'", "begin with 'participant:' and 'id: did:web:…' beneath it");
        }

        return root as YamlMapping;

        Place PlaceOf(YamlNode node) => new(reading.File, node.Line, node.Column);
    }
}

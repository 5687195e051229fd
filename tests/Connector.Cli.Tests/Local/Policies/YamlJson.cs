using System.Text.Json.Nodes;
using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Cli.Tests.Local.Policies;

/// <summary>YAML as the JSON that a schema is asked about; every scalar is a text, as this house reads it.</summary>
internal static class YamlJson
{
    public static IReadOnlyList<string> Documents(string text)
    {
        var faults = new List<Fault>();
        var documents = YamlTree.Read(text, null, faults);
        Assert.Empty(faults);
        return [.. documents.Where(d => d.Root is not YamlScalar { Value.Length: 0 }).Select(d => Of(d.Root)?.ToJsonString() ?? "null")];
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, Of(e.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        YamlScalar { Value.Length: 0 } => null,
        YamlScalar scalar => JsonValue.Create(scalar.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };
}

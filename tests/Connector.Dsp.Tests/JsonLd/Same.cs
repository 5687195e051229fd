using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connector.Dsp.Tests.JsonLd;

/// <summary>Equality that does not look at the order of keys, and says what differs.</summary>
internal static class Same
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json(JsonElement expected, JsonNode? actual) => Assert.Equal(Canonical(JsonNode.Parse(expected.GetRawText())), Canonical(actual));

    public static JsonElement Element(JsonNode node) => Parse(node.ToJsonString());

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string Canonical(JsonNode? node) => Sorted(node)?.ToJsonString(Written) ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject item => new JsonObject(item.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

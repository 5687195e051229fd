using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>A bare string, number or boolean under a property (JSON-LD 1.1 API §5.3).</summary>
internal static class ExpandedValue
{
    public static JsonObject Of(ActiveContext active, Term? term, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String;
        if (text && term?.Type is "@id" or "@vocab")
            return new JsonObject { ["@id"] = IriExpansion.Expand(active, value.GetString()!, vocabulary: term.Type == "@vocab") };

        var result = new JsonObject { ["@value"] = Node(value) };
        if (term?.Type is { } type and not ("@id" or "@vocab" or "@none"))
            result["@type"] = type;
        else if (text && (term is { HasLanguage: true } ? term.Language : active.Language) is { } language)
            result["@language"] = language;

        return result;
    }

    /// <summary>A copy that outlives the document.</summary>
    public static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        _ => JsonValue.Create(value.Clone()),
    };
}

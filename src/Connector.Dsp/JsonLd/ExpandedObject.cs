using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>The last look at an expanded object: is it a value, a set, a list or a node, and may it stand here (JSON-LD 1.1 API §5.1.2, steps 15 on)?</summary>
internal static class ExpandedObject
{
    public static JsonNode? Finish(JsonObject result, string? property, Walk walk)
    {
        if (result.ContainsKey("@value"))
        {
            if (!IsValue(result, walk))
                return null;
        }
        else
        {
            if (result["@type"] is JsonValue one)
            {
                result.Remove("@type");
                result["@type"] = new JsonArray(one);
            }

            if (result.ContainsKey("@set") || result.ContainsKey("@list"))
            {
                if (result.Count > 2 || (result.Count == 2 && !result.ContainsKey("@index")))
                    throw walk.Fault("invalid set or list object", "An object with @set or @list holds nothing else, but for @index.");
                if (result.TryGetPropertyValue("@set", out var set))
                {
                    result.Remove("@set");
                    return set;
                }
            }
        }

        if (result.Count == 1 && result.ContainsKey("@language"))
            return null;

        var top = property is null or "@graph";
        return top && (result.Count == 0 || result.ContainsKey("@value") || result.ContainsKey("@list") || (result.Count == 1 && result.ContainsKey("@id")))
            ? null
            : result;
    }

    private static bool IsValue(JsonObject result, Walk walk)
    {
        if (result.Any(member => member.Key is not ("@value" or "@type" or "@language" or "@direction" or "@index")))
            throw walk.Fault("invalid value object", "An object with @value holds nothing else, but for @type, @language, @direction and @index.");

        var speaks = result.ContainsKey("@language") || result.ContainsKey("@direction");
        if (speaks && result.ContainsKey("@type"))
            throw walk.Fault("invalid value object", "A value has a @type or a @language, not both.");

        var type = (result["@type"] as JsonValue)?.GetValue<string>();
        if (type == "@json")
            return true;
        if (result["@value"] is null)
            return false;
        if (speaks && result["@value"]!.GetValueKind() != System.Text.Json.JsonValueKind.String)
            throw walk.Fault("invalid language-tagged value", "A value with @language must be a string.");
        if (result.ContainsKey("@type") && (type is null || !Iris.IsAbsolute(type)))
            throw walk.Fault("invalid typed value", "The @type of a value must be one datatype's IRI, or a term that stands for one.");

        return true;
    }
}

using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>A value or reference that the term's definition lets stand as a bare string, number or boolean (JSON-LD 1.1 API §6.3).</summary>
internal static class CompactedValue
{
    /// <returns>The bare value; null when the object must stay an object.</returns>
    public static JsonNode? Of(ActiveContext active, Term? term, JsonObject item, Walk walk)
    {
        if (item.Count == 1 && IriCompaction.Text(item["@id"]) is { } id)
            return term?.Type is "@id" or "@vocab" ? IriCompaction.Compact(active, id, term.Type == "@vocab", walk) : null;
        if (!item.TryGetPropertyValue("@value", out var value) || item.ContainsKey("@index"))
            return null;

        var type = IriCompaction.Text(item["@type"]);
        if (type is not null)
            return type == term?.Type ? value?.DeepClone() : null;
        if (term?.Type is not null and not "@none")
            return value is JsonValue && value.GetValueKind() != System.Text.Json.JsonValueKind.String && term.Type is "@id" or "@vocab" ? value?.DeepClone() : null;
        if (IriCompaction.Text(value) is null)
            return value?.DeepClone();

        var spoken = IriCompaction.Text(item["@language"]);
        var expected = term is { HasLanguage: true } ? term.Language : active.Language;
        return !item.ContainsKey("@direction") && string.Equals(spoken, expected, StringComparison.OrdinalIgnoreCase) ? value?.DeepClone() : null;
    }
}

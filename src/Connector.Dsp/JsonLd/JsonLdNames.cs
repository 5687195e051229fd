using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>From one version's namespace of the protocol to another's, on expanded JSON-LD.</summary>
public static class JsonLdNames
{
    /// <summary>The terms of DSP 2025-1.</summary>
    public const string Dspace2025 = "https://w3id.org/dspace/2025/1/";

    /// <summary>The terms of DSP 2024-1.</summary>
    public const string Dspace2024 = "https://w3id.org/dspace/2024/1/";

    /// <summary>
    /// A copy in which every IRI of the one namespace (keys, @type, @id) is of the other, and in which values have the kind that the target
    /// version's context gives them: what 2024-1 writes as text, 2025-1 may read as a reference, and the other way round.
    /// </summary>
    /// <exception cref="JsonLdException">The input is not expanded, or deeper than any document may be.</exception>
    public static JsonArray Rename(JsonArray expanded, string fromNamespace, string toNamespace)
    {
        ArgumentNullException.ThrowIfNull(expanded);
        ArgumentException.ThrowIfNullOrEmpty(fromNamespace);
        ArgumentException.ThrowIfNullOrEmpty(toNamespace);
        return new(expanded.Select(node => Node(node, fromNamespace, toNamespace, 0)).ToArray());
    }

    private static JsonNode? Node(JsonNode? node, string from, string to, int depth)
    {
        if (depth > Limits.Depth * 2)
            throw new JsonLdException("document too deep", "/", $"There are more than {Limits.Depth} levels; send a flatter document.");
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(item => Node(item, from, to, depth + 1))]);
        if (node is not JsonObject item)
            return node?.DeepClone();

        var result = new JsonObject();
        var isTransferError = item["@type"] is JsonArray types && types.Any(type => IriCompaction.Text(type) == from + "TransferError");
        foreach (var (name, value) in item)
        {
            var renamed = Name(name, from, to);
            if (result.ContainsKey(renamed))
                throw new JsonLdException("colliding names", "/" + Walk.Clip(renamed), "The document uses the same term of two versions; use one version.");

            result[renamed] = name switch
            {
                "@id" or "@type" => Names(value, from, to),
                "@value" => value?.DeepClone(),
                _ => Kinds(renamed, Node(value, from, to, depth + 1), from, to, isTransferError),
            };
        }

        return result;
    }

    private static JsonNode? Kinds(string property, JsonNode? values, string from, string to, bool isTransferError)
    {
        if (values is JsonArray array && DspKinds.Of(property, to, isTransferError) is { } kind)
            foreach (var value in array.OfType<JsonObject>())
                kind(value, text => Name(text, "dspace:", to) is var full && full != text ? full : Name(text, from, to));

        return values;
    }

    private static JsonNode? Names(JsonNode? value, string from, string to) => value is JsonArray types
        ? new JsonArray([.. types.Select(type => Names(type, from, to))])
        : IriCompaction.Text(value) is { } name ? JsonValue.Create(Name(name, from, to)) : value?.DeepClone();

    private static string Name(string iri, string from, string to) => iri.StartsWith(from, StringComparison.Ordinal) ? to + iri[from.Length..] : iri;
}

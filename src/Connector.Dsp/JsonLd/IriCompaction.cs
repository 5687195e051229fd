using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>The shortest word for an IRI at one place (JSON-LD 1.1 API §6.2).</summary>
internal static class IriCompaction
{
    private static readonly string[] Plain = ["@none"];
    private static readonly string[] Nameless = ["@id", "@none", "@any"];
    private static readonly string[] Sets = ["@set", "@none"];
    private static readonly string[] Lists = ["@list", "@none"];
    private static readonly string[] Graphs = ["@graph", "@graph@set", "@set", "@none"];

    public static string Compact(ActiveContext active, string iri, bool vocabulary, Walk walk, JsonNode? value = null)
    {
        if (vocabulary && active.Inverse.Knows(iri) && Term(active, iri, value, walk) is { } term)
            return term;
        if (vocabulary && active.Vocabulary is { Length: > 0 } vocab && iri.Length > vocab.Length
            && iri.StartsWith(vocab, StringComparison.Ordinal) && active.Find(iri[vocab.Length..]) is null)
            return iri[vocab.Length..];

        return Prefixed(active, iri, value) ?? Whole(active, iri, walk);
    }

    private static string? Prefixed(ActiveContext active, string iri, JsonNode? value)
    {
        string? best = null;
        foreach (var (name, term) in active.Terms)
        {
            if (!term.Prefix || term.Iri is null || iri.Length <= term.Iri.Length || !iri.StartsWith(term.Iri, StringComparison.Ordinal))
                continue;

            var word = $"{name}:{iri[term.Iri.Length..]}";
            if (active.Find(word) is { } known && !(known.Iri == iri && value is null))
                continue;
            if (best is null || word.Length < best.Length || (word.Length == best.Length && string.CompareOrdinal(word, best) < 0))
                best = word;
        }

        return best;
    }

    private static string Whole(ActiveContext active, string iri, Walk walk)
    {
        var colon = iri.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !iri.AsSpan(colon + 1).StartsWith("//") && active.Find(iri[..colon]) is { Prefix: true }
            ? throw walk.Fault("IRI confused with prefix", $"'{Walk.Clip(iri)}' would read as a prefixed word; write it out in full.")
            : iri;
    }

    private static string? Term(ActiveContext active, string iri, JsonNode? value, Walk walk)
    {
        var language = active.Language ?? "@none";
        if (value is not JsonObject item)
            return active.Inverse.Select(iri, Sets, "@type", Nameless);
        if (item["@list"] is JsonArray list)
            return List(active, iri, list, language);
        if (item.ContainsKey("@graph"))
            return active.Inverse.Select(iri, Graphs, "@type", ["@id", "@none", "@any"]);
        if (item.ContainsKey("@value"))
            return Text(item["@language"]) is { } spoken ? active.Inverse.Select(iri, Sets, "@language", [spoken, "@none", "@any"])
                : Text(item["@type"]) is { } type ? active.Inverse.Select(iri, Sets, "@type", [type, "@none", "@any"])
                : active.Inverse.Select(iri, Sets, "@language", ["@null", "@none", "@any"]);

        return active.Inverse.Select(iri, Sets, "@type", Reference(active, Text(item["@id"]), walk));
    }

    private static string[] Reference(ActiveContext active, string? id, Walk walk) =>
        id is null ? Nameless : active.Find(Compact(active, id, vocabulary: true, walk)) is { } term && term.Iri == id
            ? ["@vocab", "@id", "@none", "@any"]
            : ["@id", "@vocab", "@none", "@any"];

    private static string? List(ActiveContext active, string iri, JsonArray list, string language)
    {
        if (list.Count == 0)
            return active.Inverse.Select(iri, Lists, "@any", Plain);

        string? commonType = null, commonLanguage = null;
        foreach (var item in list.OfType<JsonObject>())
        {
            var isValue = item.ContainsKey("@value");
            var type = isValue ? Text(item["@type"]) ?? "@none" : "@id";
            var spoken = isValue ? Text(item["@language"]) ?? (type == "@none" ? "@null" : "@none") : "@none";
            commonType = commonType is null || commonType == type ? type : "@none";
            commonLanguage = commonLanguage is null || commonLanguage == spoken ? spoken : "@none";
        }

        return commonType is { } kind and not "@none"
            ? active.Inverse.Select(iri, Lists, "@type", [kind, "@none", "@any"])
            : active.Inverse.Select(iri, Lists, "@language", [commonLanguage ?? language, "@none", "@any"]);
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

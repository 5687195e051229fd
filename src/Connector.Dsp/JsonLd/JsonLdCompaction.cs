using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>JSON-LD 1.1 compaction (API §6.1) with contexts of the bundle: the form that the standard's JSON Schemas describe.</summary>
public static class JsonLdCompaction
{
    /// <returns>An object with @context first, always an array of the URLs; several nodes at the top stand under @graph.</returns>
    /// <exception cref="JsonLdException">A URL is not of the bundle, or the input is not in expanded form.</exception>
    public static JsonObject Compact(JsonArray expanded, IReadOnlyList<string> contextUrls)
    {
        ArgumentNullException.ThrowIfNull(expanded);
        ArgumentNullException.ThrowIfNull(contextUrls);
        var walk = new Walk();
        var active = contextUrls.Aggregate(ActiveContext.Empty, (context, url) => ContextReader.OfUrl(context, url, walk));
        var result = new JsonObject { ["@context"] = new JsonArray([.. contextUrls.Select(url => JsonValue.Create(url))]) };
        var compactor = new Compactor(walk);
        if (expanded.Count == 1)
            foreach (var (name, value) in compactor.Node(active, null, expanded[0]).ToArray())
                result[name] = Compactor.Free(value);
        else if (expanded.Count > 1)
            result[IriCompaction.Compact(active, "@graph", vocabulary: true, walk)] =
                new JsonArray([.. expanded.Select(node => compactor.Node(active, null, node))]);

        return result;
    }
}

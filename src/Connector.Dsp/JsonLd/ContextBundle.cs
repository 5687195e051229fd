using System.Collections.Frozen;
using System.Text.Json;

namespace Connector.Dsp.JsonLd;

/// <summary>The contexts that came with the program, by URL. There are no others: nothing is ever fetched.</summary>
public sealed class ContextBundle
{
    private readonly FrozenDictionary<string, JsonElement> contexts;

    private ContextBundle(FrozenDictionary<string, JsonElement> contexts) => this.contexts = contexts;

    /// <summary>The bundle of this assembly (JsonLd/Bundle/manifest.json).</summary>
    public static ContextBundle Default { get; } = Load();

    /// <summary>All URLs that a document may name, in order.</summary>
    public IEnumerable<string> Urls => contexts.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a document may name this URL.</summary>
    public bool Contains(string url) => contexts.ContainsKey(url);

    internal JsonElement Read(string url, Walk walk) => contexts.TryGetValue(url, out var context)
        ? context
        : throw walk.Fault(
            "loading remote context failed",
            $"The context '{Walk.Clip(url)}' is not known here and contexts are never fetched; use one of the standard's, or write its terms out as full IRIs.");

    private static ContextBundle Load()
    {
        using var manifest = Open("manifest.json");
        var contexts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var entry in manifest.RootElement.EnumerateObject().Where(e => !e.Name.StartsWith('$')))
        {
            using var document = Open(entry.Value.GetString()!);
            contexts[entry.Name] = document.RootElement.GetProperty("@context").Clone();
        }

        return new(contexts.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static JsonDocument Open(string file)
    {
        using var stream = typeof(ContextBundle).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The bundled context {file} is not in the assembly.");
        return JsonDocument.Parse(stream);
    }
}

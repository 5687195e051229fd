using System.Text.Json;

namespace Connector.Testing.Dsp;

/// <summary>The published JSON Schemas of the Dataspace Protocol, with their known faults mended as they are read.</summary>
public static class DspSchemas
{
    private static readonly Lazy<SchemaSet> Newer = new(() => Load("dsp-2025-1"));
    private static readonly Lazy<SchemaSet> Older = new(() => Load("dsp-2024-1"));

    /// <summary>What is wrong with a message, one line a fault; empty when it conforms.</summary>
    /// <param name="version">"2025-1" or "2024-1".</param>
    /// <param name="schema">2025-1: "negotiation/contract-request-message-schema.json"; 2024-1: "negotiation/message/schema/…". A fragment ("…#/definitions/Offer") picks one definition.</param>
    public static IReadOnlyList<string> Validate(string version, string schema, JsonElement json) => (version switch
    {
        "2025-1" => Newer.Value,
        "2024-1" => Older.Value,
        _ => throw new ArgumentException($"There are schemas of 2025-1 and 2024-1, not of '{version}'.", nameof(version)),
    }).Validate(schema, json);

    private static SchemaSet Load(string folder)
    {
        var set = new SchemaSet();
        foreach (var path in Fixtures.Files(folder, "schema").Where(path => !path.EndsWith("/context.json", StringComparison.Ordinal)))
            set.Add(path[(folder.Length + 1)..], Mend(path, Fixtures.Text(path)));

        return set;
    }

    private static JsonElement Mend(string path, string text)
    {
        // Three transfer schemas point to a definition without the slash after the fragment's mark.
        text = text.Replace("schema.json#definitions/", "schema.json#/definitions/", StringComparison.Ordinal);
        // The pattern for CatalogService is asked of DataService too, whose published example contradicts it.
        if (path.EndsWith("common/did-service-schema.json", StringComparison.Ordinal))
            text = text.Replace("/catalog$", "(/catalog|/dspace-version)$", StringComparison.Ordinal);

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

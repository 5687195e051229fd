using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.ControlPlane.Participants;
using Connector.Dsp.JsonLd;

namespace Connector.Dsp.Wire;

/// <summary>Between the shapes that documents come in and the one that is read and written here: the plain JSON of 2025-1.</summary>
internal static class Shapes
{
    private static readonly string[] s_standard = [DspDocument.StandardContext];
    private static readonly string[] s_2024 = ["https://w3id.org/dspace/2024/1/context.json"];

    /// <summary>Whether a document names the standard's context and nothing else: then its members mean what the standard says, and need no expansion.</summary>
    public static bool IsPlain(DspDocument document) =>
        document.Context is { ValueKind: JsonValueKind.Array } context && context.GetArrayLength() == 1 && context[0].ValueKind == JsonValueKind.String && context[0].ValueEquals(DspDocument.StandardContext);

    /// <summary>A body of any shape as the plain JSON of 2025-1, by way of JSON-LD.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="JsonLdException">It is no JSON-LD, or names a context that is not bundled.</exception>
    public static JsonObject Plain(ReadOnlyMemory<byte> body, DspVersion version)
    {
        using var document = Parse(body);
        var expanded = JsonLdExpansion.Expand(document.RootElement);
        if (expanded is not [JsonObject { } root] || root["@type"] is not JsonArray types || !types.All(t => t is JsonValue && ((string?)t)?.Contains(':', StringComparison.Ordinal) == true))
        {
            throw new JsonLdException("no type", "/@context", "the document is not one thing with a type that its contexts define");
        }

        if (version != DspVersion.V2024)
        {
            return JsonLdCompaction.Compact(expanded, s_standard);
        }

        // In 2024-1 later messages may repeat the callback address; it stays what the first one said.
        var plain = JsonLdCompaction.Compact(JsonLdNames.Rename(expanded, JsonLdNames.Dspace2024, JsonLdNames.Dspace2025), s_standard);
        if (plain["providerPid"] is not null && plain["consumerPid"] is not null)
        {
            plain.Remove("callbackAddress");
        }

        return plain;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, DspJson.Tree);
        }
        catch (InvalidOperationException e)
        {
            // Names are taken out to be compared, and one of them is no text.
            throw new JsonException("a name holds half of a character", e);
        }
    }

    /// <summary>A document of ours as the version of the call has it.</summary>
    /// <param name="peer">Whom a message is sent to; null for an answer.</param>
    public static byte[] Leaving(byte[] plain, DspVersion version, Participant self, string? peer)
    {
        if (version != DspVersion.V2024)
        {
            return plain;
        }

        using var document = JsonDocument.Parse(plain);
        var compacted = JsonLdCompaction.Compact(JsonLdNames.Rename(JsonLdExpansion.Expand(document.RootElement), JsonLdNames.Dspace2025, JsonLdNames.Dspace2024), s_2024);

        // Signatures are over the text of 2025-1, which is another one now.
        foreach (var member in compacted.Select(m => m.Key).Where(k => k.StartsWith(Extensions.Prefix, StringComparison.Ordinal)).ToArray())
        {
            compacted.Remove(member);
        }

        OlderMembers.Add(compacted, self, peer);

        // 2024-1 has its one context as a text.
        compacted["@context"] = s_2024[0];
        return JsonSerializer.SerializeToUtf8Bytes(compacted, JsonNodes.Default.JsonObject);
    }
}

/// <summary>JSON as a tree of nodes.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonNodes : System.Text.Json.Serialization.JsonSerializerContext;

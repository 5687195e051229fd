using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>
/// Where the contexts of DSP 2024-1 and 2025-1 disagree about what kind a value is: a reference, plain text, or text with a datatype.
/// Taken from the two context documents.
/// </summary>
internal static class DspKinds
{
    private const string Any = "http://www.w3.org/2001/XMLSchema#anyURI";
    private const string Moment = "http://www.w3.org/2001/XMLSchema#dateTime";
    private const string Number = "http://www.w3.org/2001/XMLSchema#decimal";

    private static readonly FrozenDictionary<string, Action<JsonObject, Func<string, string>>> Newer = new Dictionary<string, Action<JsonObject, Func<string, string>>>
    {
        [JsonLdNames.Dspace2025 + "providerPid"] = Refer,
        [JsonLdNames.Dspace2025 + "consumerPid"] = Refer,
        [JsonLdNames.Dspace2025 + "agreementId"] = Refer,
        [JsonLdNames.Dspace2025 + "participantId"] = Refer,
        [JsonLdNames.Dspace2025 + "eventType"] = Refer,
        [JsonLdNames.Dspace2025 + "state"] = Refer,
        [JsonLdNames.Dspace2025 + "endpointType"] = Refer,
        ["http://purl.org/dc/terms/format"] = Refer,
        ["http://www.w3.org/ns/odrl/2/profile"] = Refer,
        [JsonLdNames.Dspace2025 + "dataset"] = Say,
        [JsonLdNames.Dspace2025 + "callbackAddress"] = Say,
        [JsonLdNames.Dspace2025 + "timestamp"] = Say,
        ["http://www.w3.org/ns/dcat#byteSize"] = Say,
        ["http://www.w3.org/ns/dcat#endpointURL"] = Say,
        ["http://www.w3.org/ns/dcat#endpointDescription"] = Say,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Action<JsonObject, Func<string, string>>> Older = new Dictionary<string, Action<JsonObject, Func<string, string>>>
    {
        [JsonLdNames.Dspace2024 + "providerPid"] = Say,
        [JsonLdNames.Dspace2024 + "consumerPid"] = Say,
        [JsonLdNames.Dspace2024 + "eventType"] = SayPrefixed,
        [JsonLdNames.Dspace2024 + "endpointType"] = Say,
        ["http://purl.org/dc/terms/format"] = Say,
        ["http://www.w3.org/ns/odrl/2/profile"] = Say,
        [JsonLdNames.Dspace2024 + "dataset"] = Refer,
        [JsonLdNames.Dspace2024 + "callbackAddress"] = Typed(Any),
        [JsonLdNames.Dspace2024 + "timestamp"] = Typed(Moment),
        ["http://www.w3.org/ns/dcat#byteSize"] = Typed(Number),
        ["http://www.w3.org/ns/dcat#endpointURL"] = Typed(Any),
        ["http://www.w3.org/ns/dcat#endpointDescription"] = Typed(Any),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Changes one value of the property in place; null when both versions agree.</summary>
    public static Action<JsonObject, Func<string, string>>? Of(string property, string targetNamespace, bool isTransferError) => targetNamespace switch
    {
        // TransferError alone has the process ids as text.
        JsonLdNames.Dspace2025 when isTransferError && property is JsonLdNames.Dspace2025 + "providerPid" or JsonLdNames.Dspace2025 + "consumerPid" => Say,
        JsonLdNames.Dspace2025 => Newer.GetValueOrDefault(property),
        JsonLdNames.Dspace2024 => Older.GetValueOrDefault(property),
        _ => null,
    };

    private static void Refer(JsonObject value, Func<string, string> rename)
    {
        if (IriCompaction.Text(value["@value"]) is not { } text || value.ContainsKey("@language"))
            return;

        value.Clear();
        value["@id"] = rename(text);
    }

    private static void Say(JsonObject value, Func<string, string> rename)
    {
        if (value is { Count: 1 } && IriCompaction.Text(value["@id"]) is { } id)
        {
            value.Clear();
            value["@value"] = id;
        }
        else if (value.ContainsKey("@value"))
        {
            value.Remove("@type");
        }
    }

    // 2024-1 writes names of the protocol's own with their prefix even where its context leaves them text.
    private static void SayPrefixed(JsonObject value, Func<string, string> rename)
    {
        Say(value, rename);
        if (IriCompaction.Text(value["@value"]) is { } text && text.StartsWith(JsonLdNames.Dspace2024, StringComparison.Ordinal))
            value["@value"] = "dspace:" + text[JsonLdNames.Dspace2024.Length..];
    }

    private static Action<JsonObject, Func<string, string>> Typed(string datatype) => (value, rename) =>
    {
        Say(value, rename);
        if (value.ContainsKey("@value") && !value.ContainsKey("@language"))
            value["@type"] = datatype;
    };
}

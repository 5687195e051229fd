using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connector.Dsp.Wire;

/// <summary>A DID document (W3C DID Core 1.0, §5): whose it is, its keys, and where it is reached.</summary>
internal sealed record DidDocument
{
    [JsonPropertyName("@context")]
    public IReadOnlyList<string>? Context { get; init; }

    public string? Id { get; init; }

    public IReadOnlyList<VerificationMethodDocument>? VerificationMethod { get; init; }

    public IReadOnlyList<string>? Authentication { get; init; }

    public IReadOnlyList<string>? AssertionMethod { get; init; }

    public IReadOnlyList<string>? CapabilityInvocation { get; init; }

    public IReadOnlyList<DidServiceDocument>? Service { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

/// <summary>A public key of the DID's.</summary>
internal sealed record VerificationMethodDocument
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? Controller { get; init; }

    public JsonElement? PublicKeyJwk { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

/// <summary>A service of the DID's; with a context where it stands alone (DSP 2025-1, discovery of service endpoints).</summary>
internal sealed record DidServiceDocument
{
    [JsonPropertyName("@context")]
    public JsonElement? Context { get; init; }

    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? ServiceEndpoint { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

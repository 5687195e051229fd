using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connector.Dsp.Wire;

/// <summary>What every document of the protocol has (DSP 2025-1, common functionalities). Members that are not named stay in <see cref="More"/>, and travel on.</summary>
internal record DspDocument
{
    /// <summary>The one context that messages in the standard's own shape name.</summary>
    public const string StandardContext = "https://w3id.org/dspace/2025/1/context.jsonld";

    [JsonPropertyName("@context")]
    [JsonPropertyOrder(-3)]
    public JsonElement? Context { get; init; }

    [JsonPropertyName("@id")]
    [JsonPropertyOrder(-2)]
    public string? Id { get; init; }

    [JsonPropertyName("@type")]
    [JsonPropertyOrder(-1)]
    public string? Type { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

/// <summary>The answer about a process: both pids and its state (DSP 2025-1, ContractNegotiation and TransferProcess).</summary>
internal sealed record ProcessDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public string? State { get; init; }
}

/// <summary>The standard's error body (DSP 2025-1, CatalogError, ContractNegotiationError, TransferError).</summary>
internal sealed record ErrorDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<JsonElement>? Reason { get; init; }
}

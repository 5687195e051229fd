using System.Text.Json.Serialization;

namespace Connector.Dsp.Wire;

/// <summary>TransferRequestMessage (DSP 2025-1, transfer process protocol).</summary>
internal sealed record TransferRequestDocument : DspDocument
{
    public string? ConsumerPid { get; init; }

    public string? AgreementId { get; init; }

    public string? Format { get; init; }

    public string? CallbackAddress { get; init; }

    public DataAddressDocument? DataAddress { get; init; }
}

/// <summary>TransferStartMessage.</summary>
internal sealed record TransferStartDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public DataAddressDocument? DataAddress { get; init; }
}

/// <summary>DataAddress.</summary>
internal sealed record DataAddressDocument : DspDocument
{
    public string? EndpointType { get; init; }

    public string? Endpoint { get; init; }

    public IReadOnlyList<EndpointPropertyDocument>? EndpointProperties { get; init; }
}

/// <summary>EndpointProperty: a named string.</summary>
internal sealed record EndpointPropertyDocument : DspDocument
{
    [JsonPropertyOrder(0)]
    public string? Name { get; init; }

    [JsonPropertyOrder(1)]
    public string? Value { get; init; }
}

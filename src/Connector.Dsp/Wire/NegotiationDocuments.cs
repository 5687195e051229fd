using System.Text.Json;

namespace Connector.Dsp.Wire;

/// <summary>ContractRequestMessage (DSP 2025-1, contract negotiation protocol).</summary>
internal sealed record ContractRequestDocument : DspDocument
{
    public string? ConsumerPid { get; init; }

    public string? ProviderPid { get; init; }

    public OfferDocument? Offer { get; init; }

    public string? CallbackAddress { get; init; }
}

/// <summary>ContractOfferMessage.</summary>
internal sealed record ContractOfferDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public OfferDocument? Offer { get; init; }

    public string? CallbackAddress { get; init; }
}

/// <summary>ContractAgreementMessage.</summary>
internal sealed record ContractAgreementDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public JsonElement? Agreement { get; init; }
}

/// <summary>ContractAgreementVerificationMessage; the same two pids are all that a TransferCompletionMessage says.</summary>
internal sealed record PidsDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }
}

/// <summary>ContractNegotiationEventMessage.</summary>
internal sealed record ContractEventDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public string? EventType { get; init; }
}

/// <summary>ContractNegotiationTerminationMessage, TransferSuspensionMessage and TransferTerminationMessage.</summary>
internal sealed record EndDocument : DspDocument
{
    public string? ProviderPid { get; init; }

    public string? ConsumerPid { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<JsonElement>? Reason { get; init; }
}

/// <summary>An ODRL Offer: in a message with its target, in a catalog without. The rules stay as they were written.</summary>
internal sealed record OfferDocument : DspDocument
{
    public string? Target { get; init; }

    public JsonElement? Profile { get; init; }

    public JsonElement? Permission { get; init; }

    public JsonElement? Prohibition { get; init; }

    public JsonElement? Obligation { get; init; }
}

using System.Text.Json;
using Connector.ControlPlane;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Errors;

/// <summary>The standard's error body of one sub-protocol.</summary>
/// <param name="Type">Its <c>@type</c>.</param>
/// <param name="HasPids">Whether it names a process; the schemas then want both pids.</param>
internal sealed record ErrorShape(string Type, bool HasPids)
{
    private const string NilPid = "urn:uuid:00000000-0000-0000-0000-000000000000";

    public static ErrorShape Catalog { get; } = new("CatalogError", HasPids: false);

    public static ErrorShape Negotiation { get; } = new("ContractNegotiationError", HasPids: true);

    public static ErrorShape Transfer { get; } = new("TransferError", HasPids: true);

    /// <summary>The body: the reason code, the reason in words and what to do about it.</summary>
    /// <param name="providerPid">As far as known; a pid that is not is replaced by the other one.</param>
    public byte[] Write(Refusal refusal, string? providerPid, string? consumerPid) => JsonSerializer.SerializeToUtf8Bytes(
        new ErrorDocument
        {
            Context = DspJson.Context,
            Type = Type,
            ProviderPid = HasPids ? providerPid ?? consumerPid ?? NilPid : null,
            ConsumerPid = HasPids ? consumerPid ?? providerPid ?? NilPid : null,
            Code = refusal.Code,
            Reason = NegotiationWire.Reasons(refusal.Mend is { } mend ? [refusal.Message, mend] : [refusal.Message]),
        },
        DspJson.Strict.ErrorDocument);
}

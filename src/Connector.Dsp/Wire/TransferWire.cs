using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Transfers;

namespace Connector.Dsp.Wire;

/// <summary>Transfer messages between the standard's documents and the control plane (DSP 2025-1, transfer process protocol). Malformed ones stop here.</summary>
internal static class TransferWire
{
    public static TransferRequestMessage Read(TransferRequestDocument d, IIds ids) => new(
        NegotiationWire.MessageId(d, ids), WireChecks.Id(d.ConsumerPid, "consumerPid"), WireChecks.Id(d.AgreementId, "agreementId"), WireChecks.Id(d.Format, "format"),
        WireChecks.Address(d.CallbackAddress, "callbackAddress"), DataAddressWire.Read(d.DataAddress));

    public static TransferStartMessage Read(TransferStartDocument d, IIds ids) =>
        new(NegotiationWire.MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"), DataAddressWire.Read(d.DataAddress));

    public static TransferCompletionMessage ReadCompletion(PidsDocument d, IIds ids) => new(
        NegotiationWire.MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"),
        (Extensions.Read(d, Extensions.Receipt), Extensions.Read(d, Extensions.Signature)) is ({ } receipt, { } signature) ? new SignedReceipt(receipt, signature) : null);

    public static TransferSuspensionMessage ReadSuspension(EndDocument d, IIds ids) => new(
        NegotiationWire.MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"), WireChecks.OptionalId(d.Code, "code"), WireChecks.Reasons(d.Reason));

    public static TransferTerminationMessage ReadTermination(EndDocument d, IIds ids) => new(
        NegotiationWire.MessageId(d, ids), WireChecks.Id(d.ProviderPid, "providerPid"), WireChecks.Id(d.ConsumerPid, "consumerPid"), WireChecks.OptionalId(d.Code, "code"), WireChecks.Reasons(d.Reason));

    /// <summary>The message as its document.</summary>
    public static byte[] Write(TransferMessage message) => message switch
    {
        TransferRequestMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new TransferRequestDocument
            {
                Context = DspJson.Context, Id = m.Id, Type = "TransferRequestMessage", ConsumerPid = m.ConsumerPid, AgreementId = m.AgreementId, Format = m.Format,
                CallbackAddress = m.CallbackAddress, DataAddress = DataAddressWire.Write(m.DataAddress),
            },
            DspJson.Strict.TransferRequestDocument),
        TransferStartMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new TransferStartDocument { Context = DspJson.Context, Id = m.Id, Type = "TransferStartMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, DataAddress = DataAddressWire.Write(m.DataAddress) },
            DspJson.Strict.TransferStartDocument),
        TransferCompletionMessage m => JsonSerializer.SerializeToUtf8Bytes(
            new PidsDocument { Context = DspJson.Context, Id = m.Id, Type = "TransferCompletionMessage", ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, More = Extensions.Write((Extensions.Receipt, m.Receipt?.Json), (Extensions.Signature, m.Receipt?.Signature)) },
            DspJson.Strict.PidsDocument),
        TransferSuspensionMessage m => End("TransferSuspensionMessage", m.Id, m.ProviderPid, m.ConsumerPid, m.Code, m.Reasons),
        TransferTerminationMessage m => End("TransferTerminationMessage", m.Id, m.ProviderPid, m.ConsumerPid, m.Code, m.Reasons),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
    };

    /// <summary>The transfer as the standard shows it.</summary>
    public static byte[] Write(Transfer t) => JsonSerializer.SerializeToUtf8Bytes(
        new ProcessDocument { Context = DspJson.Context, Type = "TransferProcess", ProviderPid = t.ProviderPid, ConsumerPid = t.ConsumerPid, State = TransferRules.Name(t.State) },
        DspJson.Strict.ProcessDocument);

    private static byte[] End(string type, string id, string providerPid, string consumerPid, string? code, ImmutableArray<string> reasons) => JsonSerializer.SerializeToUtf8Bytes(
        new EndDocument { Context = DspJson.Context, Id = id, Type = type, ProviderPid = providerPid, ConsumerPid = consumerPid, Code = code, Reason = NegotiationWire.Reasons(reasons) },
        DspJson.Strict.EndDocument);
}

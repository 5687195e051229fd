using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Errors;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>Transfer messages between protobuf and the control plane. Malformed ones stop here.</summary>
public static class TransferWire
{
    private const int MaxReceipt = 2 * 1024 * 1024;

    public static TransferRequestMessage Read(V1.TransferRequestMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ConsumerPid, "consumer_pid"), WireChecks.Id(m.AgreementId, "agreement_id"), WireChecks.Id(m.Format, "format"), null,
        Read(m.DataAddress));

    public static TransferStartMessage Read(V1.TransferStartMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"), Read(m.DataAddress));

    public static TransferSuspensionMessage Read(V1.TransferSuspensionMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"),
        WireChecks.OptionalId(m.Code, "code"), WireChecks.Texts(m.Reasons, "reasons"));

    public static TransferCompletionMessage Read(V1.TransferCompletionMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"), m.Receipt is null ? null : Read(m.Receipt));

    public static TransferTerminationMessage Read(V1.TransferTerminationMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"),
        WireChecks.OptionalId(m.Code, "code"), WireChecks.Texts(m.Reasons, "reasons"));

    public static SignedReceipt Read(V1.SignedReceipt receipt) => new(
        WireChecks.Json(receipt.Receipt, "receipt.receipt", MaxReceipt), WireChecks.Needed(receipt.Signature, "receipt.signature", WireChecks.MaxText));

    public static V1.TransferRequestMessage Write(TransferRequestMessage m) => new()
    {
        MessageId = m.Id,
        ConsumerPid = m.ConsumerPid,
        AgreementId = m.AgreementId,
        Format = m.Format,
        DataAddress = Write(m.DataAddress),
    };

    public static V1.TransferStartMessage Write(TransferStartMessage m) => new() { MessageId = m.Id, ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid, DataAddress = Write(m.DataAddress) };

    public static V1.TransferSuspensionMessage Write(TransferSuspensionMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        Code = m.Code ?? "",
        Reasons = { Reasons.Cut(m.Reasons) },
    };

    public static V1.TransferCompletionMessage Write(TransferCompletionMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        Receipt = m.Receipt is { } receipt ? Write(receipt) : null,
    };

    public static V1.TransferTerminationMessage Write(TransferTerminationMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        Code = m.Code ?? "",
        Reasons = { Reasons.Cut(m.Reasons) },
    };

    public static V1.SignedReceipt Write(SignedReceipt receipt) => new() { Receipt = receipt.Json, Signature = receipt.Signature };

    public static V1.TransferProcess Write(Transfer t) => new() { ProviderPid = t.ProviderPid, ConsumerPid = t.ConsumerPid, State = TransferRules.Name(t.State) };

    private static DataAddress? Read(V1.DataAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        if (address.Properties.Count > WireChecks.MaxList)
        {
            throw Refusal.Malformed("data_address.properties", $"has {address.Properties.Count} entries", $"give at most {WireChecks.MaxList}").ToRpcException();
        }

        return new DataAddress(
            WireChecks.Id(address.EndpointType, "data_address.endpoint_type"),
            WireChecks.Optional(WireChecks.Line(address.Endpoint, "data_address.endpoint", WireChecks.MaxText)),
            address.Properties.ToImmutableDictionary(p => WireChecks.Id(p.Key, "data_address.properties"), p => WireChecks.Line(p.Value, "data_address.properties", WireChecks.MaxText)));
    }

    private static V1.DataAddress? Write(DataAddress? address) =>
        address is null ? null : new V1.DataAddress { EndpointType = address.EndpointType, Endpoint = address.Endpoint ?? "", Properties = { address.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary() } };
}

using System.Globalization;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.Grpc.Errors;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>Negotiation messages between protobuf and the control plane. Malformed ones stop here.</summary>
public static class NegotiationWire
{
    public static ContractRequestMessage Read(V1.ContractRequestMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ConsumerPid, "consumer_pid"), WireChecks.OptionalId(m.ProviderPid, "provider_pid"),
        Read(m.Offer), null, WireChecks.Texts(m.Purposes, "purposes"));

    public static ContractOfferMessage Read(V1.ContractOfferMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.OptionalId(m.ConsumerPid, "consumer_pid"), Read(m.Offer), null);

    public static ContractAgreementMessage Read(V1.ContractAgreementMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"),
        WireChecks.Json(m.Agreement, "agreement", WireChecks.MaxPolicy), WireChecks.Optional(WireChecks.Line(m.Signature, "signature", WireChecks.MaxText)));

    public static ContractAgreementVerificationMessage Read(V1.ContractAgreementVerificationMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"),
        WireChecks.Optional(WireChecks.Line(m.Signature, "signature", WireChecks.MaxText)));

    public static ContractNegotiationEventMessage Read(V1.ContractNegotiationEventMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"),
        m.EventType switch
        {
            V1.ContractNegotiationEventMessage.Types.EventType.Accepted => false,
            V1.ContractNegotiationEventMessage.Types.EventType.Finalized => true,
            _ => throw Refusal.Malformed("event_type", $"is {m.EventType}", "give ACCEPTED or FINALIZED").ToRpcException(),
        });

    public static ContractNegotiationTerminationMessage Read(V1.ContractNegotiationTerminationMessage m) => new(
        WireChecks.Id(m.MessageId, "message_id"), WireChecks.Id(m.ProviderPid, "provider_pid"), WireChecks.Id(m.ConsumerPid, "consumer_pid"),
        WireChecks.OptionalId(m.Code, "code"), WireChecks.Texts(m.Reasons, "reasons"));

    public static (string AgreementId, AgreementEnd End) Read(V1.AgreementEndMessage m)
    {
        WireChecks.Id(m.MessageId, "message_id");
        if (m.EndedAt.Length > WireChecks.MaxId || !DateTimeOffset.TryParse(m.EndedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            throw Refusal.Malformed("ended_at", "is no RFC 3339 time", "write it as 2027-01-01T00:00:00Z").ToRpcException();
        }

        return (WireChecks.Id(m.AgreementId, "agreement_id"), new AgreementEnd(at, Role.Provider, WireChecks.Id(m.Code, "code"), WireChecks.Line(m.Reason, "reason", WireChecks.MaxText)));
    }

    public static V1.ContractRequestMessage Write(ContractRequestMessage m) => new()
    {
        MessageId = m.Id,
        ConsumerPid = m.ConsumerPid,
        ProviderPid = m.ProviderPid ?? "",
        Offer = Write(m.Offer),
        Purposes = { m.Purposes.IsDefault ? [] : m.Purposes },
    };

    public static V1.ContractOfferMessage Write(ContractOfferMessage m) => new() { MessageId = m.Id, ProviderPid = m.ProviderPid, ConsumerPid = m.ConsumerPid ?? "", Offer = Write(m.Offer) };

    public static V1.ContractAgreementMessage Write(ContractAgreementMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        Agreement = m.Agreement,
        Signature = m.Signature ?? "",
    };

    public static V1.ContractAgreementVerificationMessage Write(ContractAgreementVerificationMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        Signature = m.Signature ?? "",
    };

    public static V1.ContractNegotiationEventMessage Write(ContractNegotiationEventMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        EventType = m.Finalized ? V1.ContractNegotiationEventMessage.Types.EventType.Finalized : V1.ContractNegotiationEventMessage.Types.EventType.Accepted,
    };

    public static V1.ContractNegotiationTerminationMessage Write(ContractNegotiationTerminationMessage m) => new()
    {
        MessageId = m.Id,
        ProviderPid = m.ProviderPid,
        ConsumerPid = m.ConsumerPid,
        Code = m.Code ?? "",
        Reasons = { Reasons.Cut(m.Reasons) },
    };

    public static V1.AgreementEndMessage Write(string messageId, string agreementId, AgreementEnd end) => new()
    {
        MessageId = messageId,
        AgreementId = agreementId,
        EndedAt = end.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        Code = end.Code,
        Reason = Reasons.Cut(end.Reason),
    };

    public static V1.ContractNegotiation Write(Negotiation n) => new() { ProviderPid = n.ProviderPid, ConsumerPid = n.ConsumerPid, State = NegotiationRules.Name(n.State) };

    private static Terms Read(V1.Offer? offer) => offer is null
        ? throw Refusal.Malformed("offer", "is missing", "give the offer's id, target and policy").ToRpcException()
        : new Terms(WireChecks.Id(offer.Id, "offer.id"), WireChecks.Id(offer.Target, "offer.target"), WireChecks.Json(offer.Policy, "offer.policy", WireChecks.MaxPolicy));

    private static V1.Offer Write(Terms terms) => new() { Id = terms.OfferId, Target = terms.DatasetId, Policy = terms.Policy };
}

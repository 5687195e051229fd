using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.Policies;
using Google.Protobuf.WellKnownTypes;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Agreements and how it stands with their duties, as the operator's API shows them.</summary>
internal static class AgreementWire
{
    public static V1.Agreement Write(Agreement a, ImmutableArray<AgreementDuty> duties) => new()
    {
        Id = a.Id,
        Role = ManagementWire.Name(a.Role),
        Peer = a.Peer,
        Binding = ManagementWire.Name(a.Binding),
        NegotiationId = a.NegotiationId,
        Offer = a.OfferId,
        Dataset = a.DatasetId,
        Json = a.Json,
        ProviderSignature = a.ProviderSignature ?? "",
        ConsumerSignature = a.ConsumerSignature ?? "",
        SignedAt = a.SignedAt.ToTimestamp(),
        State = a.End is null ? "IN_FORCE" : "ENDED",
        End = a.End is not { } end ? null : new V1.AgreementEnd { At = end.At.ToTimestamp(), By = ManagementWire.Name(end.By), Code = end.Code, Reason = end.Reason },
        Duties = { duties.Select(Write) },
        ChangesAt = a.End is null ? a.ChangesAt?.ToTimestamp() : null,
    };

    private static V1.Duty Write(AgreementDuty d) => new()
    {
        Place = d.Standing.Place,
        Action = d.Standing.Duty.Action,
        Text = d.Text,
        State = Name(d.Standing.State),
        Withholds = d.Withholds,
        DueAt = d.Standing.Due?.At.ToTimestamp(),
        FulfilledAt = d.Record?.At.ToTimestamp(),
        RecordedAt = d.Record?.RecordedAt.ToTimestamp(),
        Note = d.Record?.Note ?? "",
    };

    private static string Name(DutyState state) => state switch
    {
        DutyState.NotOwed => "NOT_OWED",
        DutyState.Open => "OPEN",
        DutyState.Overdue => "OVERDUE",
        DutyState.Fulfilled => "FULFILLED",
        DutyState.FulfilledLate => "FULFILLED_LATE",
        DutyState.Ongoing => "ONGOING",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "every state has a word"),
    };
}

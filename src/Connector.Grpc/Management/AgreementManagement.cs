using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Agreements, for the operator.</summary>
public sealed class AgreementManagement(AgreementService service, AgreementImportService imports, DutyService duties, IAgreementStore agreements, IPeerDirectory peers) : V1.AgreementService.AgreementServiceBase
{
    public override async Task<V1.Agreement> Get(V1.AgreementId request, ServerCallContext context) =>
        Write(await agreements.FindAsync(WireChecks.Id(request.Id, "id"), context.CancellationToken) ?? throw Refusal.NotFound("agreement", request.Id).ToRpcException());

    public override async Task<V1.ListAgreementsReply> List(V1.ListRequest request, ServerCallContext context) => new()
    {
        Agreements = { (await agreements.ListAsync(ManagementWire.ReadPage(request, name => peers.Find(name)?.ParticipantId ?? name), context.CancellationToken)).Select(Write) },
    };

    public override Task<V1.Agreement> Import(V1.ImportAgreementRequest request, ServerCallContext context) => imports.ImportAsync(
        WireChecks.Json(request.Json, "json", WireChecks.MaxPolicy), WireChecks.OptionalId(request.Offer, "offer"), ManagementWire.ReadBinding(request.Binding), context.CancellationToken)
        .AnswerAsync(Write);

    public override Task<V1.Agreement> End(V1.EndAgreementRequest request, ServerCallContext context) => service.EndAsync(
        WireChecks.Id(request.Id, "id"),
        WireChecks.OptionalId(request.Code, "code") ?? "revoked",
        WireChecks.Optional(WireChecks.Bounded(request.Reason, "reason", WireChecks.MaxText)) ?? "ended by the operator",
        context.CancellationToken).AnswerAsync(Write);

    public override Task<V1.Agreement> Fulfil(V1.FulfilDutyRequest request, ServerCallContext context) => duties.FulfilAsync(
        WireChecks.Id(request.AgreementId, "agreement_id"),
        WireChecks.Id(request.Duty, "duty"),
        WireChecks.Instant(request.At, "at"),
        WireChecks.Optional(WireChecks.Line(request.Note, "note", WireChecks.MaxText)),
        context.CancellationToken).AnswerAsync(Write);

    private V1.Agreement Write(Agreement agreement) => AgreementWire.Write(agreement, duties.Of(agreement));
}

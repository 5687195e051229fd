using Connector.ControlPlane;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Errors;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Transfers, for the operator.</summary>
public sealed class TransferManagement(TransferService service, ITransferStore transfers, IRefusedTransferStore refused, IPeerDirectory peers, Following following) : V1.TransferService.TransferServiceBase
{
    public override Task<V1.Transfer> Start(V1.StartTransferRequest request, ServerCallContext context)
    {
        if (request.Sink.Length > 0 && !Path.IsPathRooted(request.Sink))
        {
            throw Refusal.Malformed("sink", $"'{request.Sink}' is no absolute path", "give the absolute path on the connector's machine").ToRpcException();
        }

        return service.StartAsync(
            new StartTransfer(
                WireChecks.Id(request.AgreementId, "agreement_id"), WireChecks.OptionalId(request.Format, "format"), WireChecks.Optional(request.Sink), null,
                ManagementWire.ReadAcceptance(request.Acceptance, Acceptance.Auto), WireChecks.Optional(request.CallbackAddress)),
            context.CancellationToken).AnswerAsync(ManagementWire.Write);
    }

    public override Task<V1.Transfer> Step(V1.StepRequest request, ServerCallContext context) => service.StepAsync(
        WireChecks.Id(request.Id, "id"),
        request.Step switch
        {
            "start" => TransferMessageKind.Start,
            "suspend" => TransferMessageKind.Suspension,
            "complete" => TransferMessageKind.Completion,
            "terminate" => TransferMessageKind.Termination,
            _ => throw Refusal.Malformed("step", $"'{request.Step}' is not known", "give start, suspend, complete or terminate").ToRpcException(),
        },
        WireChecks.Optional(request.Code),
        WireChecks.Texts(request.Reasons, "reasons"),
        context.CancellationToken).AnswerAsync(ManagementWire.Write);

    public override async Task<V1.Transfer> Get(V1.TransferId request, ServerCallContext context) => ManagementWire.Write(await FindAsync(request.Id, context.CancellationToken));

    public override async Task<V1.ListTransfersReply> List(V1.ListRequest request, ServerCallContext context) => new()
    {
        Transfers = { (await transfers.ListAsync(ManagementWire.ReadPage(request, name => peers.Find(name)?.ParticipantId ?? name), context.CancellationToken)).Select(ManagementWire.Write) },
    };

    public override async Task<V1.ListRefusedTransfersReply> ListRefused(V1.ListRequest request, ServerCallContext context) => new()
    {
        Refused = { (await refused.ListAsync(ManagementWire.ReadPage(request, name => peers.Find(name)?.ParticipantId ?? name), context.CancellationToken)).Select(ManagementWire.Write) },
    };

    public override Task Watch(V1.TransferId request, IServerStreamWriter<V1.Transfer> responseStream, ServerCallContext context) =>
        following.FollowAsync(request.Id, FindAsync, Write, static t => t.IsTerminal, responseStream, context);

    private static V1.Transfer Write(Transfer transfer, Happening? happening)
    {
        var wire = ManagementWire.Write(transfer);
        wire.Bytes = happening?.Progress?.Bytes ?? 0;
        wire.Total = happening?.Progress?.Total ?? 0;
        return wire;
    }

    private async ValueTask<Transfer> FindAsync(string id, CancellationToken cancel) =>
        await transfers.FindAsync(WireChecks.Id(id, "id"), cancel) ?? throw Refusal.NotFound("transfer", id).ToRpcException();
}

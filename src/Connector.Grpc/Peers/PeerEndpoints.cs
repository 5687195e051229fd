using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Calls;
using Connector.Grpc.Errors;
using Grpc.Core;
using CatalogService = Connector.ControlPlane.Catalogs.CatalogService;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>The catalog, for peers.</summary>
public sealed class CatalogEndpoints(CatalogService catalogs, Ending ending) : V1.CatalogService.CatalogServiceBase
{
    public override Task<V1.Catalog> GetCatalog(V1.GetCatalogRequest request, ServerCallContext context) =>
        catalogs.ForAsync(context.Caller(), WireChecks.OptionalId(request.Continuation, "continuation"), context.CancellationToken).AnswerAsync(CatalogWire.Write);

    public override Task<V1.Dataset> GetDataset(V1.GetDatasetRequest request, ServerCallContext context) =>
        catalogs.DatasetAsync(context.Caller(), WireChecks.Id(request.Id, "id"), context.CancellationToken).AnswerAsync(CatalogWire.Write);

    public override async Task WatchCatalog(V1.WatchCatalogRequest request, IServerStreamWriter<V1.Catalog> responseStream, ServerCallContext context)
    {
        using var until = ending.Of(context);
        await foreach (var catalog in catalogs.WatchAsync(context.Caller(), until.Token))
        {
            await responseStream.WriteAsync(CatalogWire.Write(catalog), until.Token);
        }
    }
}

/// <summary>Negotiations, for peers, in both roles.</summary>
public sealed class NegotiationEndpoints(NegotiationService negotiations, AgreementService agreements) : V1.NegotiationService.NegotiationServiceBase
{
    public override Task<V1.ContractNegotiation> Request(V1.ContractRequestMessage request, ServerCallContext context) => ReceiveAsync(NegotiationWire.Read(request), context);

    public override Task<V1.ContractNegotiation> Offer(V1.ContractOfferMessage request, ServerCallContext context) => ReceiveAsync(NegotiationWire.Read(request), context);

    public override Task<V1.ContractNegotiation> Agree(V1.ContractAgreementMessage request, ServerCallContext context) => ReceiveAsync(NegotiationWire.Read(request), context);

    public override Task<V1.ContractNegotiation> Verify(V1.ContractAgreementVerificationMessage request, ServerCallContext context) => ReceiveAsync(NegotiationWire.Read(request), context);

    public override Task<V1.ContractNegotiation> Notify(V1.ContractNegotiationEventMessage request, ServerCallContext context) => ReceiveAsync(NegotiationWire.Read(request), context);

    public override Task<V1.ContractNegotiation> Terminate(V1.ContractNegotiationTerminationMessage request, ServerCallContext context) => ReceiveAsync(NegotiationWire.Read(request), context);

    public override Task<V1.ContractNegotiation> Get(V1.GetNegotiationRequest request, ServerCallContext context) =>
        negotiations.FindAsync(context.Caller(), WireChecks.Id(request.Pid, "pid"), context.CancellationToken).AnswerAsync(NegotiationWire.Write);

    public override async Task<V1.AgreementEndAcknowledgement> EndAgreement(V1.AgreementEndMessage request, ServerCallContext context)
    {
        var (id, end) = NegotiationWire.Read(request);
        (await agreements.ReceiveEndAsync(context.Caller(), id, end, context.CancellationToken)).OrThrow();
        return new V1.AgreementEndAcknowledgement();
    }

    private Task<V1.ContractNegotiation> ReceiveAsync(NegotiationMessage message, ServerCallContext context) =>
        negotiations.ReceiveAsync(context.Caller(), Binding.Grpc, message, context.CancellationToken).AnswerAsync(NegotiationWire.Write);
}

/// <summary>Transfers, for peers, in both roles.</summary>
public sealed class TransferEndpoints(TransferService transfers) : V1.TransferService.TransferServiceBase
{
    public override Task<V1.TransferProcess> Request(V1.TransferRequestMessage request, ServerCallContext context) => ReceiveAsync(TransferWire.Read(request), context);

    public override Task<V1.TransferProcess> Start(V1.TransferStartMessage request, ServerCallContext context) => ReceiveAsync(TransferWire.Read(request), context);

    public override Task<V1.TransferProcess> Suspend(V1.TransferSuspensionMessage request, ServerCallContext context) => ReceiveAsync(TransferWire.Read(request), context);

    public override Task<V1.TransferProcess> Complete(V1.TransferCompletionMessage request, ServerCallContext context) => ReceiveAsync(TransferWire.Read(request), context);

    public override Task<V1.TransferProcess> Terminate(V1.TransferTerminationMessage request, ServerCallContext context) => ReceiveAsync(TransferWire.Read(request), context);

    public override Task<V1.TransferProcess> Get(V1.GetTransferRequest request, ServerCallContext context) =>
        transfers.FindAsync(context.Caller(), WireChecks.Id(request.Pid, "pid"), context.CancellationToken).AnswerAsync(TransferWire.Write);

    private Task<V1.TransferProcess> ReceiveAsync(TransferMessage message, ServerCallContext context) =>
        transfers.ReceiveAsync(context.Caller(), Binding.Grpc, message, context.CancellationToken).AnswerAsync(TransferWire.Write);
}

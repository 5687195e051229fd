using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Negotiations, for the operator.</summary>
public sealed class NegotiationManagement(NegotiationService service, INegotiationStore negotiations, PublicationService publications, IPeerDirectory peers, Following following)
    : V1.NegotiationService.NegotiationServiceBase
{
    public override Task<V1.Negotiation> Start(V1.StartNegotiationRequest request, ServerCallContext context) => service.StartAsync(
        new StartNegotiation(
            WireChecks.Id(request.Peer, "peer"), WireChecks.Id(request.Offer, "offer"), WireChecks.OptionalId(request.Dataset, "dataset"), Terms(request.Terms),
            WireChecks.Texts(request.Purposes, "purposes"), ManagementWire.ReadAcceptance(request.Acceptance, Acceptance.Manual), ManagementWire.ReadBinding(request.Binding),
            WireChecks.Optional(request.CallbackAddress)),
        context.CancellationToken).AnswerAsync(ManagementWire.Write);

    public override Task<V1.Negotiation> Offer(V1.OfferNegotiationRequest request, ServerCallContext context) => service.OfferAsync(
        new OfferNegotiation(
            WireChecks.Id(request.Peer, "peer"), WireChecks.Id(request.Offer, "offer"), WireChecks.OptionalId(request.Dataset, "dataset"),
            ManagementWire.ReadAcceptance(request.Acceptance, Acceptance.Auto), ManagementWire.ReadBinding(request.Binding), WireChecks.Optional(request.CallbackAddress)),
        context.CancellationToken).AnswerAsync(ManagementWire.Write);

    public override Task<V1.Negotiation> Approve(V1.NegotiationId request, ServerCallContext context) =>
        service.ApproveAsync(WireChecks.Id(request.Id, "id"), context.CancellationToken).AnswerAsync(ManagementWire.Write);

    public override Task<V1.Negotiation> Counter(V1.CounterRequest request, ServerCallContext context) =>
        service.CounterAsync(WireChecks.Id(request.Id, "id"), Terms(request.Terms), context.CancellationToken).AnswerAsync(ManagementWire.Write);

    public override Task<V1.Negotiation> Terminate(V1.TerminateRequest request, ServerCallContext context) => service.TerminateAsync(
        WireChecks.Id(request.Id, "id"), WireChecks.Optional(request.Code), WireChecks.Texts(request.Reasons, "reasons"), context.CancellationToken).AnswerAsync(ManagementWire.Write);

    public override async Task<V1.Negotiation> Get(V1.NegotiationId request, ServerCallContext context) => ManagementWire.Write(await FindAsync(request.Id, context.CancellationToken));

    public override async Task<V1.ListNegotiationsReply> List(V1.ListRequest request, ServerCallContext context) => new()
    {
        Negotiations = { (await negotiations.ListAsync(ManagementWire.ReadPage(request, name => peers.Find(name)?.ParticipantId ?? name), context.CancellationToken)).Select(ManagementWire.Write) },
    };

    public override Task Watch(V1.NegotiationId request, IServerStreamWriter<V1.Negotiation> responseStream, ServerCallContext context) =>
        following.FollowAsync(request.Id, FindAsync, static (n, _) => ManagementWire.Write(n), static n => n.IsTerminal, responseStream, context);

    private string? Terms(string text) => text.Length == 0 ? null : publications.ReadTerms(WireChecks.Bounded(text, "terms", WireChecks.MaxPolicy)).OrThrow();

    private async ValueTask<Negotiation> FindAsync(string id, CancellationToken cancel) =>
        await negotiations.FindAsync(WireChecks.Id(id, "id"), cancel) ?? throw Refusal.NotFound("negotiation", id).ToRpcException();
}

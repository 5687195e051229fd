using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Connector.Grpc.Tests.Rooms;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Calls;

public sealed class AnswerTests
{
    [Fact]
    public async Task A_call_is_answered_in_time_even_when_the_service_hangs()
    {
        await using var partners = await Partners.StartAsync(TimeSpan.FromMilliseconds(100), changeProvider: Reads(_ => new TaskCompletionSource<Negotiation?>().Task));

        var error = await Assert.ThrowsAsync<RpcException>(() => OfferAsync(partners));

        Assert.Equal((StatusCode.DeadlineExceeded, RefusalKind.Unavailable), (error.StatusCode, error.ToRefusal().Kind));
    }

    [Fact]
    public async Task A_deadline_of_the_callers_that_comes_first_counts()
    {
        await using var partners = await Partners.StartAsync(changeProvider: Reads(_ => new TaskCompletionSource<Negotiation?>().Task));

        var error = await Assert.ThrowsAsync<RpcException>(() => OfferAsync(partners, DateTime.UtcNow.AddMilliseconds(100)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task Of_a_fault_of_ours_nothing_shows_but_a_request_id_that_the_log_knows()
    {
        await using var partners = await Partners.StartAsync(changeProvider: Reads(_ => throw new InvalidOperationException("secret of the house")));

        var error = await Assert.ThrowsAsync<RpcException>(() => OfferAsync(partners));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        var requestId = error.GetRpcStatus()!.GetDetail<RequestInfo>()!.RequestId;
        var (level, _, text, fault) = Assert.Single(partners.Provider.Told.OfRoom);
        Assert.Equal((LogLevel.Error, "secret of the house"), (level, fault!.Message));
        Assert.Contains(requestId, text, StringComparison.Ordinal);
        Assert.Single(partners.Provider.Told.Errors);
    }

    [Fact]
    public async Task A_refusal_is_logged_once_with_its_code_and_its_caller()
    {
        await using var partners = await Partners.StartAsync();
        var call = new V1.NegotiationService.NegotiationServiceClient(partners.Raw(partners.Provider.PeerAddress)).GetAsync(new V1.GetNegotiationRequest { Pid = "urn:uuid:none" }, Partners.Bearer(await partners.TokenAsync()));

        await Assert.ThrowsAsync<RpcException>(async () => await call);

        var (level, _, text, _) = Assert.Single(partners.Provider.Told.OfRoom);
        Assert.Equal(LogLevel.Information, level);
        Assert.Contains("did:web:consumer.example", text, StringComparison.Ordinal);
        Assert.Contains("not-found", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_ends_when_the_connector_stops()
    {
        await using var partners = await Partners.StartAsync();
        using var watch = new V1.CatalogService.CatalogServiceClient(partners.Raw(partners.Provider.PeerAddress)).WatchCatalog(new V1.WatchCatalogRequest(), Partners.Bearer(await partners.TokenAsync()));
        Assert.True(await watch.ResponseStream.MoveNext(default));

        var stopped = partners.Provider.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(default));
        await stopped;

        // Whether the last word or the closing connection arrives first is the network's business; either way it is worth another try.
        Assert.Equal(RefusalKind.Unavailable, error.ToRefusal().Kind);
    }

    private static async Task OfferAsync(Partners partners, DateTime? deadline = null) =>
        await new V1.NegotiationService.NegotiationServiceClient(partners.Raw(partners.Provider.PeerAddress)).OfferAsync(Sample.Offer(), Partners.Bearer(await partners.TokenAsync()), deadline);

    private static Action<IServiceCollection> Reads(Func<string, Task<Negotiation?>> find) => services => services.AddSingleton<INegotiationStore>(new Broken(find));

    private sealed class Broken(Func<string, Task<Negotiation?>> find) : INegotiationStore
    {
        public ValueTask<Negotiation?> FindAsync(string id, CancellationToken cancel) => new(find(id));

        public ValueTask<Negotiation?> FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) => new(find(peerPid));

        public ValueTask<ImmutableArray<Negotiation>> ListAsync(Page page, CancellationToken cancel) => new([]);
    }
}

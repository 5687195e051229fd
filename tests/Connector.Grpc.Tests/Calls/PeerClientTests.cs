using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Tests.Rooms;

namespace Connector.Grpc.Tests.Calls;

public sealed class PeerClientTests : IAsyncLifetime
{
    private Partners _partners = null!;

    public async ValueTask InitializeAsync() => _partners = await Partners.StartAsync();

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    [Fact]
    public async Task An_offer_nobody_asked_for_opens_a_negotiation_there_and_its_pid_comes_back()
    {
        var sent = (await Client.SendAsync(_partners.ToProvider, new ContractOfferMessage("m", "p", null, new Terms("urn:offer:o", Sample.DatasetId, Sample.FreeUse), null), default)).Value;

        var there = Assert.Single(await ((INegotiationStore)_partners.Provider.Store).ListAsync(new Page(), default));
        Assert.Equal(new Acknowledgement("p", there.Id, "OFFERED"), sent);
        Assert.Equal(("did:web:consumer.example", "p", NegotiationState.Offered), (there.Peer, there.PeerPid, there.State));
    }

    [Fact]
    public async Task A_termination_arrives_whatever_is_said_of_it()
    {
        await _partners.Provider.StoreAsync(new Change { Negotiations = [Sample.Negotiation("did:web:consumer.example", NegotiationState.Requested)] });
        ImmutableArray<string> reasons = [new string('x', 10_000), "two\nlines", .. Enumerable.Repeat("more", 100)];

        var sent = await Client.SendAsync(_partners.ToProvider, new ContractNegotiationTerminationMessage("m", "urn:uuid:np", "urn:uuid:n", "code", reasons), default);

        Assert.Equal("TERMINATED", sent.Value.State);
        var there = Assert.Single(await ((INegotiationStore)_partners.Provider.Store).ListAsync(new Page(), default));
        Assert.Equal("two lines", there.Termination!.Reasons[1]);
    }

    [Fact]
    public async Task An_agreements_end_is_told_and_heard_once()
    {
        await _partners.Provider.StoreAsync(new Change { Agreements = [Sample.Agreement("did:web:consumer.example", Role.Provider)] });
        var end = new AgreementEnd(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(9)), Role.Consumer, "cancelled", "no longer needed");

        Assert.False((await Client.SendAgreementEndAsync(_partners.ToProvider, "m1", Sample.AgreementId, end, default)).Refused);
        Assert.False((await Client.SendAgreementEndAsync(_partners.ToProvider, "m1", Sample.AgreementId, end, default)).Refused);

        var there = await ((IAgreementStore)_partners.Provider.Store).FindAsync(Sample.AgreementId, default);
        Assert.Equal((end, 2L), (there!.End, there.Version));
    }

    [Fact]
    public async Task A_suspension_is_sent()
    {
        await _partners.Provider.StoreAsync(new Change { Agreements = [Sample.Agreement("did:web:consumer.example", Role.Provider)], Transfers = [Sample.Transfer("did:web:consumer.example", Role.Provider)] });

        var sent = await Client.SendAsync(_partners.ToProvider, new TransferSuspensionMessage("m", Sample.ProviderPid, Sample.ConsumerPid, "maintenance", ["back at nine"]), default);

        Assert.Equal("SUSPENDED", sent.Value.State);
    }

    [Fact]
    public async Task A_refusal_comes_back_as_it_was_meant()
    {
        var refused = await Client.DatasetAsync(_partners.ToProvider, "urn:dataset:none", default);

        Assert.Equal((RefusalKind.NotFound, "not-found"), (refused.Refusal!.Kind, refused.Refusal.Code));
    }

    [Fact]
    public async Task Many_first_calls_at_once_share_one_way()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Client.CatalogAsync(_partners.ToProvider, null, default).AsTask()));

        Assert.All(answers, a => Assert.Null(a.Refusal));
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_unavailable()
    {
        await _partners.Provider.StopAsync();

        var refused = await Client.CatalogAsync(_partners.ToProvider, null, default);

        Assert.Equal((RefusalKind.Unavailable, "unreachable"), (refused.Refusal!.Kind, refused.Refusal.Code));
    }

    [Fact]
    public async Task A_peer_that_shows_another_certificate_is_not_talked_to()
    {
        var refused = await Client.CatalogAsync(new PeerAddress(_partners.ProviderEntry with { CertificatePins = [Another(_partners.ProviderEntry.CertificatePins[0])] }, null), null, default);

        Assert.Equal((RefusalKind.Unavailable, "peer-certificate"), (refused.Refusal!.Kind, refused.Refusal.Code));
        Assert.Empty(_partners.Provider.Told.OfRoom);
    }

    private static string Another(string pin) => (pin[0] == 'A' ? 'B' : 'A') + pin[1..];

    [Fact]
    public async Task A_peer_without_an_address_is_unavailable() =>
        Assert.Equal("no-grpc-address", (await Client.CatalogAsync(new PeerAddress(_partners.ProviderEntry with { GrpcAddress = null }, null), null, default)).Refusal!.Code);

    [Fact]
    public async Task A_call_given_up_by_its_caller_is_cancelled_not_refused()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Client.CatalogAsync(_partners.ToProvider, null, cancel.Token));
    }

    private IPeerClient Client => _partners.Consumer.Client;
}

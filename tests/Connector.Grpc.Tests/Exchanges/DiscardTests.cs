using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Tests.Rooms;

namespace Connector.Grpc.Tests.Exchanges;

/// <summary>What arrived of a pull that broke: kept as long as the pull may go on, removed when it ended.</summary>
public sealed class DiscardTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;

    private Partners _partners = null!;

    public async ValueTask InitializeAsync()
    {
        _partners = await Partners.StartAsync();
        var path = _partners.ProviderFile("data.bin");
        await File.WriteAllBytesAsync(path, new byte[3 * MiB]);
        _partners.Provider.Knows([_partners.ProviderEntry, _partners.ConsumerEntry], Sample.File(path));
        var consumer = _partners.ConsumerEntry.ParticipantId;
        await _partners.Provider.StoreAsync(new Change { Agreements = [Sample.Agreement(consumer, Role.Provider)], Transfers = [Sample.Transfer(consumer, Role.Provider)] });
    }

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    [Fact]
    public async Task A_pull_that_the_provider_refuses_for_good_leaves_nothing_behind()
    {
        var effect = await BrokenPullAsync(TransferState.Started);
        await _partners.Provider.Get<AgreementService>().EndAsync(Sample.AgreementId, "revoked", "the contract was ended", default);

        Assert.Null(await Performer.FetchAsync(effect, Sample.ConsumerPid, default));

        Assert.Equal(TransferState.Terminated, (await StoredAsync()).State);
        Assert.Empty(Partials());
    }

    [Fact]
    public async Task A_pull_terminated_between_two_attempts_leaves_nothing_behind()
    {
        var effect = await BrokenPullAsync(TransferState.Terminated);

        Assert.Null(await Performer.FetchAsync(effect, Sample.ConsumerPid, default));

        Assert.Empty(Partials());
    }

    [Fact]
    public async Task A_pull_that_is_given_up_leaves_nothing_behind()
    {
        var effect = await BrokenPullAsync(TransferState.Started);

        await Performer.GiveUpFetchAsync(effect, Sample.ConsumerPid, new Refusal(RefusalKind.Unavailable, "down", "the peer is down"), default);

        Assert.Empty(Partials());
    }

    [Fact]
    public async Task A_pull_whose_provider_is_down_keeps_what_arrived()
    {
        var effect = await BrokenPullAsync(TransferState.Started);
        await _partners.Provider.StopAsync();

        Assert.Equal(RefusalKind.Unavailable, (await Performer.FetchAsync(effect, Sample.ConsumerPid, default))?.Kind);

        Assert.Single(Partials());
    }

    private ExchangePerformer Performer => _partners.Consumer.Get<ExchangePerformer>();

    private string Target => _partners.ConsumerFile("received.bin");

    private string[] Partials() => Directory.GetDirectories(Path.GetDirectoryName(Target)!, ".*.partial");

    private async Task<Transfer> StoredAsync() => await _partners.Consumer.Get<ITransferStore>().FindAsync(Sample.ConsumerPid, default) ?? throw new InvalidOperationException("no transfer");

    private async Task<Effect> BrokenPullAsync(TransferState state)
    {
        var transfer = Sample.Transfer(_partners.ProviderEntry.ParticipantId, Role.Consumer) with { Sink = Target, State = state };
        var effect = new Effect("urn:uuid:e", transfer.Id, transfer.Peer, new Fetch(transfer.Id), transfer.CreatedAt);
        await _partners.Consumer.StoreAsync(new Change { Agreements = [Sample.Agreement(_partners.ProviderEntry.ParticipantId, Role.Consumer)], Transfers = [transfer], Effects = [effect] });
        var broken = await _partners.Consumer.Get<IDataSinks>().ReceiveAsync(transfer.Id, Target, new Breaking(_partners.Consumer.Client.Pull(_partners.ToProvider, transfer)), null, default);
        Assert.Equal("broken", broken.Refusal?.Code);
        Assert.Single(Partials());
        return effect;
    }

    /// <summary>Breaks after the first whole chunk.</summary>
    private sealed class Breaking(IDataStream whole) : IDataStream
    {
        public ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel) => whole.DescribeAsync(cancel);

        public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var piece in whole.ReadAsync(from, cancel))
            {
                yield return piece;
                if (piece.EndsChunk)
                {
                    throw new ExchangeBrokenException(new Refusal(RefusalKind.Unavailable, "broken", "the test broke the connection"));
                }
            }
        }
    }
}

using System.Reflection;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Exchanges;

/// <summary>A pull ends with its data in place and signed for, or without either, whenever its provider says that it is complete.</summary>
public sealed class PullCompletionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Desk _desk;

    public PullCompletionTests() => _desk = new Desk(_time);

    [Fact]
    public async Task A_provider_that_completes_before_the_receipt_is_to_come_again_and_nothing_is_lost()
    {
        var fetch = await StartedAsync();
        Refusal? early = null;
        var inbox = new Inbox(async () => early = (await CompleteAsync()).Refusal);

        Assert.Null(await Performer(inbox).FetchAsync(fetch, "c", default));

        Assert.Equal(("pull-under-way", RefusalKind.Unavailable), (early!.Code, early.Kind));
        var transfer = await FindAsync();
        Assert.Equal(TransferState.Completed, transfer.State);
        Assert.NotNull(transfer.Receipt);
        await Sweep(inbox).OneAsync("c", default);
        Assert.Empty(inbox.Discarded);
        Assert.Equal(["c"], inbox.Kept);
    }

    [Fact]
    public async Task A_provider_that_completes_while_nothing_is_fetched_is_believed()
    {
        await StartedAsync();

        Assert.Equal(TransferState.Completed, (await CompleteAsync()).Value.State);
    }

    [Fact]
    public async Task A_fetch_that_finds_the_transfer_complete_there_waits_to_hear_of_it()
    {
        var fetch = await StartedAsync();
        var closed = TransferSteps.NotRunning(await FindAsync() with { State = TransferState.Completed });
        var inbox = new Inbox(() => Task.CompletedTask, closed);

        Assert.Equal(closed, await Performer(inbox).FetchAsync(fetch, "c", default));
        Assert.Equal(TransferState.Started, (await FindAsync()).State);
        Assert.Empty(inbox.Discarded);

        Assert.Equal(TransferState.Completed, (await CompleteAsync()).Value.State);
        Assert.Null(await Performer(inbox).FetchAsync(fetch, "c", default));
        Assert.Equal(["c"], inbox.Discarded);
    }

    private async Task<Effect> StartedAsync()
    {
        await _desk.SignAsync("a", Role.Consumer, static p => p);
        var transfer = Records.Transfer("c", "a", "p") with { State = TransferState.Started, Format = "Grpc-PULL", Sink = "/in/place" };
        var fetch = new Effect("e", "c", transfer.Peer, new Fetch("c"), _time.GetUtcNow());
        await _desk.Store.CommitAsync(new Change { Transfers = [transfer], Effects = [fetch] }, default);
        return fetch;
    }

    private async Task<Transfer> FindAsync() => (await ((ITransferStore)_desk.Store).FindAsync("c", default))!;

    private ValueTask<Result<Transfer>> CompleteAsync() => _desk.Transfers.ReceiveAsync(_desk.Caller(), Binding.Grpc, new TransferCompletionMessage("m-1", "p", "c", null), default);

    private SweepService Sweep(Inbox inbox) => new(_desk.Store, [inbox]);

    private ExchangePerformer Performer(Inbox inbox) => new(
        _desk.Store, _desk.Transfers, new CommitService(_desk.Store, _desk, _desk.Happenings, _time), _desk.Gate, _desk.Library, Unasked.Of<IDataSources>(), inbox,
        Sweep(inbox), _desk.Flows, _desk.Happenings, new PeerDirectory(_desk.Library), [DispatchProxy.Create<IPeerClient, Pulled>()], _time);

    /// <summary>A peer that is asked for a stream alone.</summary>
    public class Pulled : Unasked
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(IPeerClient.Pull) ? Of<IDataStream>() : base.Invoke(targetMethod, args);
    }
}

using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Testing;
using Connector.Testing.Stores;

namespace Connector.Storage.Tests;

public sealed class OngoingTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public OngoingTests() => _store = SqliteStore.Open(_folder["connector.db"], new NamedSignatures("did:web:cells.example"));

    private INegotiationStore Negotiations => _store.Reads;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_under_way_is_found_without_a_read_and_what_was_over_long_ago_with_one()
    {
        var (ongoing, over, transfer) = (Records.Negotiation("ongoing"), Records.Negotiation("over"), Records.Transfer("t"));
        await _store.CommitAsync(new Change { Negotiations = [ongoing, over], Transfers = [transfer] }, default);
        over = over.Next() with { State = NegotiationState.Terminated };
        await _store.CommitAsync(new Change { Negotiations = [over], Transfers = [transfer.In(TransferState.Completed)] }, default);

        Assert.Same(ongoing, await Negotiations.FindAsync("ongoing", default));
        Assert.Same(over, await Negotiations.FindAsync("over", default));
        Assert.Equal(TransferState.Completed, (await ((ITransferStore)_store.Reads).FindAsync("t", default))?.State);

        var later = Enumerable.Range(0, Ongoing<Negotiation>.MaxOver).Select(i => Records.Negotiation($"n{i}") with { State = NegotiationState.Terminated });
        await _store.CommitAsync(new Change { Negotiations = [.. later] }, default);

        Assert.Same(ongoing, await Negotiations.FindAsync("ongoing", default));
        Assert.NotSame(over, await Negotiations.FindAsync("over", default));
        Assert.Equal(NegotiationState.Terminated, (await Negotiations.FindAsync("over", default))?.State);
    }

    [Fact]
    public async Task What_begins_and_ends_in_one_change_is_over()
    {
        var negotiation = Records.Negotiation("n");
        var ended = negotiation.Next() with { State = NegotiationState.Finalized };
        await _store.CommitAsync(new Change { Negotiations = [negotiation, ended] }, default);

        Assert.Equal(NegotiationState.Finalized, (await Negotiations.FindAsync("n", default))?.State);
    }

    [Fact]
    public async Task More_than_are_kept_in_memory_are_found_all_the_same()
    {
        const int Many = 2 * Ongoing<Negotiation>.Max;
        foreach (var some in Enumerable.Range(0, Many).Chunk(100))
        {
            await _store.CommitAsync(new Change { Negotiations = [.. some.Select(i => Records.Negotiation($"n{i}"))] }, default);
        }

        for (var i = 0; i < Many; i++)
        {
            Assert.Equal($"n{i}", (await Negotiations.FindAsync($"n{i}", default))?.Id);
        }
    }

    [Fact]
    public async Task What_a_peer_made_too_large_is_read_each_time()
    {
        var negotiation = Records.Negotiation("n");
        await _store.CommitAsync(new Change { Negotiations = [negotiation] }, default);
        var large = negotiation.Next() with { Explanation = new string('x', Ongoing<Negotiation>.MaxBytes) };
        await _store.CommitAsync(new Change { Negotiations = [large] }, default);

        var found = await Negotiations.FindAsync("n", default);
        Assert.NotSame(large, found);
        Assert.Equal(large.Explanation, found?.Explanation);
    }

    [Fact]
    public async Task A_change_that_came_too_late_leaves_what_was_committed()
    {
        var first = Records.Negotiation("n");
        await _store.CommitAsync(new Change { Negotiations = [first] }, default);
        var late = first.Next() with { LastError = "late" };
        var committed = await Task.WhenAll(
            _store.CommitAsync(new Change { Negotiations = [first.Next()] }, default).AsTask(),
            _store.CommitAsync(new Change { Negotiations = [late] }, default).AsTask());

        Assert.Equal([true, false], committed);
        Assert.Null((await Negotiations.FindAsync("n", default))?.LastError);
    }

    [Fact]
    public async Task A_commit_that_failed_is_seen_by_nobody()
    {
        var negotiation = Records.Negotiation("n");
        await _store.CommitAsync(new Change { Negotiations = [negotiation] }, default);
        Sql.Run(_folder["connector.db"], "CREATE TRIGGER broken BEFORE UPDATE ON negotiation BEGIN SELECT raise(ROLLBACK, 'no'); END");

        await Assert.ThrowsAnyAsync<Exception>(async () => await _store.CommitAsync(new Change { Negotiations = [negotiation.Next()] }, default));
        Assert.Equal(1, (await Negotiations.FindAsync("n", default))?.Version);
    }

    [Fact]
    public async Task What_was_half_written_and_taken_back_is_not_found_after_the_next_commit_either()
    {
        var (negotiation, other, transfer) = (Records.Negotiation("n"), Records.Negotiation("other"), Records.Transfer("t"));
        await _store.CommitAsync(new Change { Negotiations = [negotiation], Transfers = [transfer] }, default);

        // Only the last write of the change conflicts.
        Assert.False(await _store.CommitAsync(new Change { Negotiations = [negotiation.Next()], Transfers = [transfer.In(TransferState.Started), transfer] }, default));
        Assert.True(await _store.CommitAsync(new Change { Negotiations = [other] }, default));
        Assert.Equal(1, (await Negotiations.FindAsync("n", default))?.Version);
        Assert.Equal(1, (await ((ITransferStore)_store.Reads).FindAsync("t", default))?.Version);
    }

    [Fact]
    public async Task No_reader_sees_a_negotiation_go_back()
    {
        var negotiation = Records.Negotiation("n");
        await _store.CommitAsync(new Change { Negotiations = [negotiation] }, default);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var seen = 1L; !done.IsCancellationRequested;)
            {
                var next = (await Negotiations.ListAsync(new Page(), default))[0].Version;
                var after = (await Negotiations.FindAsync("n", default))!.Version;
                Assert.True(seen <= next && next <= after, $"{seen}, then {next} in the list, then {after}");
                seen = after;
            }
        })).ToList();

        for (var i = 0; i < 500; i++)
        {
            negotiation = negotiation.Next();
            Assert.True(await _store.CommitAsync(new Change { Negotiations = [negotiation] }, default));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }
}

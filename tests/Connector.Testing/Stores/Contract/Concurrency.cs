using Connector.ControlPlane.Stores;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Ten_thousand_concurrent_transitions_lose_no_update()
    {
        const int Processes = 1000;
        const int Transitions = 10_000;
        await StoreAsync(new Change { Negotiations = [.. Enumerable.Range(0, Processes).Select(i => Records.Negotiation(Records.Id(i)))] });

        await Task.WhenAll(Enumerable.Range(0, Transitions).Select(i => Task.Run(() => TransitAsync(Records.Id(i % Processes), $"{i}"), Cancel)));

        var negotiations = await Ports.Negotiations.ListAsync(new Page(Limit: Processes), Cancel);
        Assert.All(negotiations, n => Assert.Equal(1 + (Transitions / Processes), n.Version));
        Assert.Equal(Enumerable.Range(0, Transitions).Select(i => $"{i}").Order(), negotiations.SelectMany(n => n.Seen).Order());
        Assert.Equal(Transitions, (await Ports.Effects.PendingAsync(0, int.MaxValue, Cancel)).Length);
        Assert.Equal((Transitions, true), await VerifyAsync() is var report ? (report.Entries, report.Intact) : default);
    }

    [Fact]
    public async Task Of_many_who_insert_the_same_one_wins()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Task.Run(async () => await CommitAsync(new Change { Negotiations = [Records.Negotiation($"n{i}", "p")], Effects = [Records.Effect($"e{i}")] }), Cancel)));

        Assert.Single(taken, t => t);
        var stored = Assert.Single(await Ports.Negotiations.ListAsync(new Page(), Cancel));
        Assert.Equal(stored.Id[1..], Assert.Single(await Ports.Effects.PendingAsync(0, 10, Cancel)).Effect.Id[1..]);
    }

    [Fact]
    public async Task A_late_conflict_takes_none_of_those_that_are_committed_with_it_along()
    {
        const int Changes = 400;
        await StoreAsync(new Change { Negotiations = [Records.Negotiation("taken")] });

        // Every fourth is refused by its second record, when its first is written already.
        var stored = await Task.WhenAll(Enumerable.Range(0, Changes).Select(i => CommitAsync(new Change
        {
            Negotiations = i % 4 == 0 ? [Records.Negotiation($"n{i}"), Records.Negotiation("taken")] : [Records.Negotiation($"n{i}")],
            Evidence = [Records.Evidence($"{i}")],
        }).AsTask()));

        Assert.Equal(Enumerable.Range(0, Changes).Select(i => i % 4 != 0), stored);
        for (var i = 0; i < Changes; i++)
        {
            Assert.Equal(i % 4 != 0, await Ports.Negotiations.FindAsync($"n{i}", Cancel) is not null);
        }

        Assert.Equal((3 * Changes / 4, true), await VerifyAsync() is var report ? (report.Entries, report.Intact) : default);
    }

    private async Task TransitAsync(string id, string message)
    {
        var stored = false;
        while (!stored)
        {
            var negotiation = await Ports.Negotiations.FindAsync(id, Cancel) ?? throw new InvalidOperationException($"{id} is lost");
            stored = await CommitAsync(new Change
            {
                Negotiations = [negotiation.Next() with { Seen = negotiation.Seen.Add(message) }],
                Effects = [Records.Effect(message)],
                Evidence = [Records.Evidence(message)],
            });

            // What was acknowledged is seen by the next read.
            Assert.True(!stored || (await Ports.Negotiations.FindAsync(id, Cancel))!.Seen.Contains(message));
        }
    }
}

using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Listings_are_newest_first_and_an_update_does_not_change_the_order()
    {
        var (negotiation, agreement, transfer) = (Records.Negotiation("1"), Records.Agreement("1"), Records.Transfer("1"));
        foreach (var id in (string[])["1", "2", "3"])
        {
            await StoreAsync(new Change { Negotiations = [negotiation with { Id = id }], Agreements = [agreement with { Id = id }], Transfers = [transfer with { Id = id }] });
        }

        await StoreAsync(new Change { Negotiations = [negotiation.Next()], Agreements = [agreement.Ended()], Transfers = [transfer.In(TransferState.Started)] });

        Assert.Equal(["3", "2", "1"], (await Ports.Negotiations.ListAsync(new Page(), Cancel)).Select(n => n.Id));
        Assert.Equal(["3", "2", "1"], (await Ports.Agreements.ListAsync(new Page(), Cancel)).Select(a => a.Id));
        Assert.Equal(["3", "2", "1"], (await Ports.Transfers.ListAsync(new Page(), Cancel)).Select(t => t.Id));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_while_new_rows_come()
    {
        await StoreAsync(new Change { Negotiations = [.. Enumerable.Range(1, 25).Select(i => Records.Negotiation(Records.Id(i)))] });
        var seen = new List<string>();
        while (await Ports.Negotiations.ListAsync(new Page(Limit: 10, Before: seen.LastOrDefault()), Cancel) is { IsEmpty: false } page)
        {
            Assert.InRange(page.Length, 1, 10);
            seen.AddRange(page.Select(n => n.Id));
            await StoreAsync(new Change { Negotiations = [Records.Negotiation($"late-{seen.Count}")] });
        }

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(Records.Id), seen);
    }

    [Fact]
    public async Task A_page_keeps_to_its_limit_and_to_what_is_sensible()
    {
        await StoreAsync(new Change { Negotiations = [.. Enumerable.Range(1, 1001).Select(i => Records.Negotiation(Records.Id(i)))] });

        Assert.Equal(100, (await Ports.Negotiations.ListAsync(new Page(), Cancel)).Length);
        Assert.Equal(1000, (await Ports.Negotiations.ListAsync(new Page(Limit: int.MaxValue), Cancel)).Length);
        Assert.Single(await Ports.Negotiations.ListAsync(new Page(Limit: 0), Cancel));
        Assert.Empty(await Ports.Negotiations.ListAsync(new Page(Before: Records.Id(1)), Cancel));
        Assert.Empty(await Ports.Negotiations.ListAsync(new Page(Before: "never heard of"), Cancel));
    }

    [Fact]
    public async Task A_listing_of_one_peer_shows_no_other()
    {
        const string Other = "did:web:other.example";
        foreach (var i in Enumerable.Range(1, 6))
        {
            var peer = i % 2 == 0 ? Other : Records.Peer;
            await StoreAsync(new Change
            {
                Negotiations = [Records.Negotiation(Records.Id(i)) with { Peer = peer }],
                Agreements = [Records.Agreement(Records.Id(i)) with { Peer = peer }],
                Transfers = [Records.Transfer(Records.Id(i)) with { Peer = peer }],
            });
        }

        string[] others = [Records.Id(6), Records.Id(4), Records.Id(2)];
        Assert.Equal(others, (await Ports.Negotiations.ListAsync(new Page(Other), Cancel)).Select(n => n.Id));
        Assert.Equal(others, (await Ports.Agreements.ListAsync(new Page(Other), Cancel)).Select(a => a.Id));
        Assert.Equal(others, (await Ports.Transfers.ListAsync(new Page(Other), Cancel)).Select(t => t.Id));
        Assert.Equal(others[1..], (await Ports.Transfers.ListAsync(new Page(Other, Before: others[0]), Cancel)).Select(t => t.Id));
    }

    [Fact]
    public async Task Live_transfers_are_those_of_the_agreement_that_have_not_ended()
    {
        foreach (var state in Enum.GetValues<TransferState>())
        {
            var transfer = Records.Transfer(state.ToString(), "a");
            await StoreAsync(new Change { Transfers = [transfer, Records.Transfer($"other {state}", "b") with { State = state }] });
            await StoreAsync(new Change { Transfers = [transfer.In(state)] });
        }

        Assert.Equal(["Requested", "Started", "Suspended"], (await Ports.Transfers.LiveAsync("a", Cancel)).Select(t => t.Id));
        Assert.Empty(await Ports.Transfers.LiveAsync("c", Cancel));
    }

    [Fact]
    public async Task Agreements_come_by_id_however_many_there_are_in_force_or_all()
    {
        const int Count = 1203;
        await StoreAsync(new Change { Agreements = [.. Enumerable.Range(1, Count).Reverse().Select(i => Records.Agreement(Records.Id(i)))] });
        await StoreAsync(new Change { Agreements = [Records.Agreement(Records.Id(7)).Ended(), Records.Agreement(Records.Id(Count)).Ended()] });
        var inForce = new List<Agreement>();
        await foreach (var agreement in Ports.Agreements.InForceAsync(null, Cancel))
        {
            inForce.Add(agreement);
        }

        Assert.Equal(Enumerable.Range(1, Count).Except([7, Count]).Select(Records.Id), inForce.Select(a => a.Id));
        Assert.Equal(Enumerable.Range(1, Count).Select(Records.Id), await Ports.Agreements.AllAsync(Cancel).Select(a => a.Id).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Agreements_in_force_with_one_participant_are_had_alone()
    {
        const string Other = "did:web:other.example";
        await StoreAsync(new Change { Agreements = [.. Enumerable.Range(1, 6).Select(i => Records.Agreement(Records.Id(i)) with { Peer = i % 2 == 0 ? Other : Records.Peer })] });
        await StoreAsync(new Change { Agreements = [(Records.Agreement(Records.Id(4)) with { Peer = Other }).Ended()] });
        var theirs = new List<string>();
        await foreach (var agreement in Ports.Agreements.InForceAsync(Other, Cancel))
        {
            theirs.Add(agreement.Id);
        }

        Assert.Equal([Records.Id(2), Records.Id(6)], theirs);
    }

    [Fact]
    public async Task Agreements_are_due_in_the_order_of_their_instants_until_they_end()
    {
        await StoreAsync(new Change
        {
            Agreements = [.. Enumerable.Range(1, 6).Select(i => Records.Agreement(Records.Id(i)) with { ChangesAt = i == 3 ? null : Records.Time.AddDays(10 - i).ToOffset(TimeSpan.FromHours(i)) })],
        });
        await StoreAsync(new Change { Agreements = [(Records.Agreement(Records.Id(5)) with { ChangesAt = Records.Time }).Ended()] });
        await StoreAsync(new Change { Agreements = [Records.Agreement(Records.Id(1)) with { ChangesAt = Records.Time, Version = 2 }] });

        Assert.Equal([Records.Id(1), Records.Id(6), Records.Id(4), Records.Id(2)], await Due(Records.Time.AddDays(8)));
        Assert.Equal([Records.Id(1), Records.Id(6)], await Due(Records.Time.AddDays(6).AddTicks(-1)));
        Assert.Empty(await Due(Records.Time.AddTicks(-1)));
        Assert.Equal(Records.Time, await Ports.Agreements.NextDueAsync(Cancel));
        await StoreAsync(new Change { Agreements = [.. Enumerable.Range(1, 6).Except([3, 5]).Select(i => Records.Agreement(Records.Id(i)).Ended() with { Version = i == 1 ? 3 : 2 })] });
        Assert.Null(await Ports.Agreements.NextDueAsync(Cancel));
    }

    [Fact]
    public async Task More_agreements_may_be_due_at_one_instant_than_are_read_at_once()
    {
        await StoreAsync(new Change { Agreements = [.. Enumerable.Range(1, 1234).Select(i => Records.Agreement(Records.Id(i)) with { ChangesAt = Records.Time.AddSeconds(i / 1000) })] });

        Assert.Equal(Enumerable.Range(1, 1234).Select(Records.Id).Order(StringComparer.Ordinal), (await Due(Records.Time.AddDays(1))).Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<string>> Due(DateTimeOffset until)
    {
        var due = new List<string>();
        await foreach (var agreement in Ports.Agreements.DueAsync(until, Cancel))
        {
            due.Add(agreement.Id);
        }

        return due;
    }
}

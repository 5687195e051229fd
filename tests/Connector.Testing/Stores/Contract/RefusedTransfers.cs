using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_refused_transfer_is_found_by_both_of_its_names_and_listed_newest_first()
    {
        const string Other = "did:web:other.example";
        var theirs = Records.RefusedTransfer("3") with { Peer = Other, ConsumerPid = "pid-1" };
        await StoreAsync(new Change { RefusedTransfers = [Records.RefusedTransfer("1"), Records.RefusedTransfer("2")] });
        await StoreAsync(new Change { RefusedTransfers = [theirs] });

        Assert.Equal(Records.RefusedTransfer("1"), await Ports.RefusedTransfers.FindAsync("1", Cancel));
        Assert.Equal(theirs, await Ports.RefusedTransfers.FindAsync("pid-1", Cancel));
        Assert.Null(await Ports.RefusedTransfers.FindAsync("4", Cancel));
        Assert.Equal(["3", "2", "1"], (await Ports.RefusedTransfers.ListAsync(new Page(), Cancel)).Select(r => r.Id));
        Assert.Equal(["2"], (await Ports.RefusedTransfers.ListAsync(new Page(Limit: 1, Before: "3"), Cancel)).Select(r => r.Id));
        Assert.Equal(["3"], (await Ports.RefusedTransfers.ListAsync(new Page(Other), Cancel)).Select(r => r.Id));
    }

    [Fact]
    public async Task Of_each_agreement_the_newest_refused_transfers_are_kept_however_often_it_is_asked()
    {
        await StoreAsync(new Change { RefusedTransfers = [Records.RefusedTransfer("quiet", "b")] });
        foreach (var i in Enumerable.Range(1, 50))
        {
            await StoreAsync(new Change { RefusedTransfers = [Records.RefusedTransfer(Records.Id(i), "a")] });
        }

        await StoreAsync(new Change { RefusedTransfers = [.. Enumerable.Range(51, 50).Select(i => Records.RefusedTransfer(Records.Id(i), "a"))] });

        Assert.Equal(
            [.. Enumerable.Range(101 - RefusedTransfer.Kept, RefusedTransfer.Kept).Reverse().Select(Records.Id), "quiet"],
            (await Ports.RefusedTransfers.ListAsync(new Page(), Cancel)).Select(r => r.Id));
    }
}

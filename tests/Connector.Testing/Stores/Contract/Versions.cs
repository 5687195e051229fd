using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task What_was_stored_is_found_and_nothing_else()
    {
        await StoreAsync(new Change { Negotiations = [Records.Negotiation("n")], Agreements = [Records.Agreement("a")], Transfers = [Records.Transfer("t")] });

        Assert.Equal("n", (await Ports.Negotiations.FindAsync("n", Cancel))?.Id);
        Assert.Equal("a", (await Ports.Agreements.FindAsync("a", Cancel))?.Id);
        Assert.Equal("t", (await Ports.Transfers.FindAsync("t", Cancel))?.Id);
        Assert.Null(await Ports.Negotiations.FindAsync("t", Cancel));
        Assert.Null(await Ports.Agreements.FindAsync("N", Cancel));
        Assert.Null(await Ports.Transfers.FindAsync("", Cancel));
    }

    [Fact]
    public async Task The_next_version_replaces_the_one_before()
    {
        var (negotiation, agreement, transfer) = (Records.Negotiation("n"), Records.Agreement("a"), Records.Transfer("t"));
        await StoreAsync(new Change { Negotiations = [negotiation], Agreements = [agreement], Transfers = [transfer] });
        await StoreAsync(new Change
        {
            Negotiations = [negotiation.Next() with { State = NegotiationState.Agreed, LastError = "x" }],
            Agreements = [agreement.Ended()],
            Transfers = [transfer.In(TransferState.Started)],
        });

        Assert.Equal((2, NegotiationState.Agreed, "x"), await Ports.Negotiations.FindAsync("n", Cancel) is { } n ? (n.Version, n.State, n.LastError) : default);
        Assert.Equal((2, "revoked"), await Ports.Agreements.FindAsync("a", Cancel) is { } a ? (a.Version, a.End?.Code) : default);
        Assert.Equal((2, TransferState.Started), await Ports.Transfers.FindAsync("t", Cancel) is { } t ? (t.Version, t.State) : default);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_version_that_is_not_the_next_is_a_conflict(long version)
    {
        var (negotiation, agreement, transfer) = (Records.Negotiation("n"), Records.Agreement("a"), Records.Transfer("t"));
        await StoreAsync(new Change { Negotiations = [negotiation], Agreements = [agreement], Transfers = [transfer] });
        await StoreAsync(new Change { Negotiations = [negotiation.Next()], Agreements = [agreement with { Version = 2 }], Transfers = [transfer with { Version = 2 }] });

        Assert.False(await CommitAsync(new Change { Negotiations = [negotiation with { Version = version, LastError = "x" }] }));
        Assert.False(await CommitAsync(new Change { Agreements = [agreement.Ended() with { Version = version }] }));
        Assert.False(await CommitAsync(new Change { Transfers = [transfer with { Version = version, LastError = "x" }] }));
        Assert.Null((await Ports.Negotiations.FindAsync("n", Cancel))?.LastError);
        Assert.Null((await Ports.Agreements.FindAsync("a", Cancel))?.End);
        Assert.Null((await Ports.Transfers.FindAsync("t", Cancel))?.LastError);
    }

    [Fact]
    public async Task A_later_version_of_what_was_never_stored_is_a_conflict()
    {
        Assert.False(await CommitAsync(new Change { Negotiations = [Records.Negotiation("n").Next()] }));
        Assert.False(await CommitAsync(new Change { Agreements = [Records.Agreement("a").Ended()] }));
        Assert.False(await CommitAsync(new Change { Transfers = [Records.Transfer("t").In(TransferState.Started)] }));
    }

    [Fact]
    public async Task A_negotiation_is_found_by_the_peers_pid()
    {
        var negotiation = Records.Negotiation("n");
        await StoreAsync(new Change { Negotiations = [negotiation] });
        await StoreAsync(new Change { Negotiations = [negotiation.Next() with { PeerPid = "p" }] });

        Assert.Equal("n", (await Ports.Negotiations.FindByPeerPidAsync(Records.Peer, Role.Consumer, "p", Cancel))?.Id);
        Assert.Null(await Ports.Negotiations.FindByPeerPidAsync(Records.Peer, Role.Provider, "p", Cancel));
        Assert.Null(await Ports.Negotiations.FindByPeerPidAsync("did:web:other.example", Role.Consumer, "p", Cancel));
        Assert.Null(await Ports.Negotiations.FindByPeerPidAsync(Records.Peer, Role.Consumer, "n", Cancel));
    }

    [Fact]
    public async Task A_transfer_is_found_by_the_peers_pid()
    {
        await StoreAsync(new Change { Transfers = [Records.Transfer("t", peerPid: "p")] });

        Assert.Equal("t", (await Ports.Transfers.FindByPeerPidAsync(Records.Peer, Role.Consumer, "p", Cancel))?.Id);
        Assert.Null(await Ports.Transfers.FindByPeerPidAsync(Records.Peer, Role.Provider, "p", Cancel));
        Assert.Null(await Ports.Transfers.FindByPeerPidAsync("did:web:other.example", Role.Consumer, "p", Cancel));
    }

    [Fact]
    public async Task A_peers_pid_belongs_to_one_process_of_a_role()
    {
        await StoreAsync(new Change { Negotiations = [Records.Negotiation("n1", "p"), Records.Negotiation("n2")], Transfers = [Records.Transfer("t1", peerPid: "p"), Records.Transfer("t2")] });

        Assert.False(await CommitAsync(new Change { Negotiations = [Records.Negotiation("n3", "p")] }));
        Assert.False(await CommitAsync(new Change { Negotiations = [Records.Negotiation("n2", "p").Next()] }));
        Assert.False(await CommitAsync(new Change { Transfers = [Records.Transfer("t3", peerPid: "p")] }));
        Assert.False(await CommitAsync(new Change { Transfers = [Records.Transfer("t2", peerPid: "p").In(TransferState.Started)] }));
        await StoreAsync(new Change
        {
            Negotiations = [Records.Negotiation("n4", "p") with { Role = Role.Provider }, Records.Negotiation("n5", "p") with { Peer = "did:web:other.example" }],
            Transfers = [Records.Transfer("t4", peerPid: "p") with { Role = Role.Provider }, Records.Transfer("t5", peerPid: "p") with { Peer = "did:web:other.example" }],
        });
    }
}

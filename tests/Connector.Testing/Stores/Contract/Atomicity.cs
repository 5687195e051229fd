using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_conflict_in_the_last_record_leaves_nothing_of_the_change()
    {
        var negotiation = Records.Negotiation("n");
        await StoreAsync(new Change
        {
            Negotiations = [negotiation],
            Effects = [Records.Effect("e1")],
            Evidence = [Records.Evidence("first")],
            Documents = [Records.Document("d")],
        });
        Assert.False(await CommitAsync(new Change
        {
            Negotiations = [negotiation.Next() with { State = NegotiationState.Terminated }, Records.Negotiation("n2")],
            Agreements = [Records.Agreement("a")],
            Transfers = [Records.Transfer("t"), Records.Transfer("missing").In(TransferState.Started)],
            Effects = [Records.Effect("e2")],
            Done = ["e1"],
            Evidence = [Records.Evidence("lost")],
            Documents = [Records.Document("d", "changed")],
            DeletedDocuments = [new DocumentKey(DocumentKind.Policy, "d")],
        }));

        Assert.Equal(NegotiationState.Requested, (await Ports.Negotiations.FindAsync("n", Cancel))?.State);
        Assert.Null(await Ports.Negotiations.FindAsync("n2", Cancel));
        Assert.Null(await Ports.Agreements.FindAsync("a", Cancel));
        Assert.Null(await Ports.Transfers.FindAsync("t", Cancel));
        Assert.Equal(["e1"], (await Ports.Effects.PendingAsync(0, 10, Cancel)).Select(e => e.Effect.Id));
        Assert.Equal(["first"], (await EvidenceAsync()).Select(e => e.Draft.Subject));
        Assert.Equal(["kind: Policy"], (await Ports.Documents.AllAsync(Cancel)).Select(d => d.Text));
    }

    [Fact]
    public async Task An_effect_whose_id_is_taken_leaves_nothing_of_the_change()
    {
        await StoreAsync(new Change { Effects = [Records.Effect("e")] });

        Assert.False(await CommitAsync(new Change { Negotiations = [Records.Negotiation("n")], Effects = [Records.Effect("e")], Evidence = [Records.Evidence("lost")] }));
        Assert.Null(await Ports.Negotiations.FindAsync("n", Cancel));
        Assert.Empty(await EvidenceAsync());
    }

    [Fact]
    public async Task One_change_may_make_a_record_and_take_it_further()
    {
        var negotiation = Records.Negotiation("n");

        await StoreAsync(new Change { Negotiations = [negotiation, negotiation.Next() with { State = NegotiationState.Agreed }] });
        Assert.Equal(NegotiationState.Agreed, (await Ports.Negotiations.FindAsync("n", Cancel))?.State);
    }

    [Fact]
    public async Task An_empty_change_is_taken()
    {
        await StoreAsync(new Change());
        Assert.Null(await Ports.Evidence.HeadAsync(Cancel));
    }
}

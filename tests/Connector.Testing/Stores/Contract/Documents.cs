using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Documents_are_listed_by_kind_and_name()
    {
        await StoreAsync(new Change { Documents = [Records.Document("b"), Records.Document("a", kind: DocumentKind.Offer), Records.Document("B"), Records.Document("a")] });

        Assert.Equal(
            [(DocumentKind.Offer, "a"), (DocumentKind.Policy, "B"), (DocumentKind.Policy, "a"), (DocumentKind.Policy, "b")],
            (await Ports.Documents.AllAsync(Cancel)).Select(d => (d.Kind, d.Name)));
    }

    [Fact]
    public async Task A_document_is_replaced_by_the_next_of_its_kind_and_name()
    {
        var next = new Document(DocumentKind.Policy, "a", "title: 電池 😀\n", "/elsewhere", Records.Time.AddTicks(1));
        await StoreAsync(new Change { Documents = [Records.Document("a"), Records.Document("a", kind: DocumentKind.Offer)] });
        await StoreAsync(new Change { Documents = [next] });

        Assert.Equal([Records.Document("a", kind: DocumentKind.Offer), next], await Ports.Documents.AllAsync(Cancel));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_and_may_come_back()
    {
        var key = new DocumentKey(DocumentKind.Policy, "a");
        await StoreAsync(new Change { Documents = [Records.Document("a"), Records.Document("a", kind: DocumentKind.Offer)] });
        await StoreAsync(new Change { DeletedDocuments = [key, new DocumentKey(DocumentKind.Peer, "nobody")] });
        Assert.Equal([DocumentKind.Offer], (await Ports.Documents.AllAsync(Cancel)).Select(d => d.Kind));
        await StoreAsync(new Change { Documents = [Records.Document("a", "again")] });

        Assert.Equal(["kind: Policy", "again"], (await Ports.Documents.AllAsync(Cancel)).Select(d => d.Text));
    }
}

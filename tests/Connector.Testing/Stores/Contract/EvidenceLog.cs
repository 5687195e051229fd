using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Stores;
using Xunit;

namespace Connector.Testing.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_untouched_store_has_no_head()
    {
        Assert.Null(await Ports.Evidence.HeadAsync(Cancel));
        Assert.True((await VerifyAsync()).Intact);
    }

    [Fact]
    public async Task Each_entry_continues_the_one_before_and_the_head_names_the_last()
    {
        await StoreAsync(new Change { Evidence = [Records.Evidence("1"), Records.Evidence("2")] });
        await StoreAsync(new Change { Evidence = [Records.Evidence("3")] });

        var entries = await EvidenceAsync();
        Assert.Equal([1, 2, 3], entries.Select(e => e.Sequence));
        Assert.Equal(["1", "2", "3"], entries.Select(e => e.Draft.Subject));
        Assert.Equal([EvidenceChain.Genesis, entries[0].Hash, entries[1].Hash], entries.Select(e => e.PreviousHash));
        Assert.All(entries, e => Assert.Equal(EvidenceChain.HashOf(e.Sequence, e.Draft, e.PreviousHash), e.Hash));
        Assert.All(entries, e => Assert.True(Signatures.VerifyHash(e.Hash, e.Signature)));
        var head = await Ports.Evidence.HeadAsync(Cancel);
        Assert.Equal(3, head?.Sequence);
        Assert.Equal(entries[2].Hash, head?.Hash);
        Assert.Equal((3, true), await VerifyAsync() is var report ? (report.Entries, report.Intact) : default);
    }

    [Fact]
    public async Task What_an_entry_says_is_kept_to_the_letter()
    {
        var draft = new EvidenceDraft(EvidenceKind.Receipt, "urn:uuid:電池", "did:web:鉄.example", "{ \"a\" : \"\\u00e9é😀\\n\" }", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(9)).AddTicks(1));
        await StoreAsync(new Change { Evidence = [draft] });

        Assert.Equal(draft, Assert.Single(await EvidenceAsync()).Draft);
    }

    [Fact]
    public async Task Entries_are_read_from_any_place_however_many_there_are()
    {
        const int Count = 1203;
        await StoreAsync(new Change { Evidence = [.. Enumerable.Range(1, Count).Select(i => Records.Evidence(Records.Id(i)))] });

        Assert.Equal(Enumerable.Range(600, Count - 599).Select(i => (long)i), (await EvidenceAsync(600)).Select(e => e.Sequence));
        Assert.Empty(await EvidenceAsync(Count + 1));
        Assert.True((await VerifyAsync()).Intact);
    }

    [Fact]
    public async Task A_change_that_was_refused_leaves_no_gap_in_the_chain()
    {
        await StoreAsync(new Change { Evidence = [Records.Evidence("1")] });
        var refused = Enumerable.Range(0, 20).Select(i => CommitAsync(new Change { Evidence = [Records.Evidence("lost")], Effects = [Records.Effect($"{i}"), Records.Effect($"{i}")] }).AsTask());
        Assert.DoesNotContain(true, await Task.WhenAll(refused));
        await StoreAsync(new Change { Evidence = [Records.Evidence("2")] });

        Assert.Equal(["1", "2"], (await EvidenceAsync()).Select(e => e.Draft.Subject));
        Assert.True((await VerifyAsync()).Intact);
    }

    protected async Task<EvidenceReport> VerifyAsync() => await new EvidenceService(Ports.Evidence, Ports.Agreements, Signatures).VerifyAsync(Cancel);

    protected async Task<List<EvidenceEntry>> EvidenceAsync(long from = 1)
    {
        var entries = new List<EvidenceEntry>();
        await foreach (var entry in Ports.Evidence.ReadAsync(from, Cancel))
        {
            entries.Add(entry);
        }

        return entries;
    }
}

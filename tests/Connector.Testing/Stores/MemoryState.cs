using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.Testing.Stores;

/// <summary>All that a store holds at one moment. A change makes a new one; a conflict lets it go, and nothing has happened.</summary>
internal sealed record MemoryState
{
    public MemoryTable<Negotiation> Negotiations { get; private init; } = new(n => new RowKeys(n.Id, n.Version, n.Peer, n.Role, n.PeerPid));

    public MemoryTable<Agreement> Agreements { get; private init; } = new(a => new RowKeys(a.Id, a.Version, a.Peer, a.Role, PeerPid: null));

    public MemoryTable<Transfer> Transfers { get; private init; } = new(t => new RowKeys(t.Id, t.Version, t.Peer, t.Role, t.PeerPid));

    /// <summary>Oldest first.</summary>
    public ImmutableList<RefusedTransfer> RefusedTransfers { get; private init; } = [];

    /// <summary>In order of position.</summary>
    public ImmutableList<StoredEffect> Effects { get; private init; } = [];

    public ImmutableList<EvidenceEntry> Evidence { get; private init; } = [];

    public EvidenceHead? Head { get; private init; }

    public ImmutableSortedDictionary<DocumentKey, Document> Documents { get; private init; } = ImmutableSortedDictionary.Create<DocumentKey, Document>(DocumentOrder.Instance);

    private long Position { get; init; }

    /// <returns>Null when a version or a unique key is taken.</returns>
    public MemoryState? After(Change change, ISignatures signatures)
    {
        var next = Negotiations.With(change.Negotiations) is { } negotiations && Agreements.With(change.Agreements) is { } agreements && Transfers.With(change.Transfers) is { } transfers
            ? this with { Negotiations = negotiations, Agreements = agreements, Transfers = transfers, RefusedTransfers = change.RefusedTransfers.Aggregate(RefusedTransfers, With) }
            : null;
        return next?.WithEffects(change)?.WithEvidence(change.Evidence, signatures).WithDocuments(change);
    }

    private static ImmutableList<RefusedTransfer> With(ImmutableList<RefusedTransfer> all, RefusedTransfer refused) => all.Add(refused) is var more
        && more.Where(r => r.AgreementId == refused.AgreementId).Reverse().ElementAtOrDefault(RefusedTransfer.Kept) is { } old ? more.Remove(old) : more;

    private MemoryState? WithEffects(Change change)
    {
        var effects = change.Done.IsEmpty ? Effects : Effects.RemoveAll(e => change.Done.Contains(e.Effect.Id));
        var position = Position;
        foreach (var effect in change.Effects)
        {
            if (effects.Exists(e => e.Effect.Id == effect.Id))
            {
                return null;
            }

            effects = effects.Add(new StoredEffect(++position, effect));
        }

        return this with { Effects = effects, Position = position };
    }

    private MemoryState WithEvidence(ImmutableArray<EvidenceDraft> drafts, ISignatures signatures)
    {
        if (drafts.IsEmpty)
        {
            return this;
        }

        var evidence = Evidence;
        var (sequence, last) = Head is { } head ? (head.Sequence, head.Hash) : (0, EvidenceChain.Genesis);
        foreach (var draft in drafts)
        {
            var hash = EvidenceChain.HashOf(++sequence, draft, last);
            evidence = evidence.Add(new EvidenceEntry(sequence, draft, last, hash, signatures.SignHash(hash)));
            last = hash;
        }

        return this with { Evidence = evidence, Head = new EvidenceHead(sequence, last, signatures.SignHash(EvidenceChain.HeadHash(sequence, last))) };
    }

    private MemoryState WithDocuments(Change change) => this with
    {
        Documents = Documents.SetItems(change.Documents.Select(d => KeyValuePair.Create(d.Key, d))).RemoveRange(change.DeletedDocuments),
    };
}

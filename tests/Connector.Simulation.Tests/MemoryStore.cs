using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.Testing;

public sealed class MemoryStore(ISignatures signatures) : IStore, INegotiationStore, IAgreementStore, ITransferStore, IEffectStore, IEvidenceStore
{
    private readonly Dictionary<string, Negotiation> _negotiations = [];
    private readonly Dictionary<string, Agreement> _agreements = [];
    private readonly Dictionary<string, Transfer> _transfers = [];
    private readonly SortedDictionary<long, Effect> _effects = [];
    private long _position;
    public List<EvidenceEntry> Evidence { get; } = [];
    public ValueTask<bool> CommitAsync(Change change, CancellationToken cancel)
    {
        var c = change;
        foreach (var n in c.Negotiations) if ((_negotiations.GetValueOrDefault(n.Id)?.Version ?? 0) != n.Version - 1 || (n.Version == 1 && n.PeerPid is not null && _negotiations.Values.Any(o => o.Peer == n.Peer && o.Role == n.Role && o.PeerPid == n.PeerPid))) return new(false);
        foreach (var n in c.Agreements) if ((_agreements.GetValueOrDefault(n.Id)?.Version ?? 0) != n.Version - 1) return new(false);
        foreach (var n in c.Transfers) if ((_transfers.GetValueOrDefault(n.Id)?.Version ?? 0) != n.Version - 1 || (n.Version == 1 && n.PeerPid is not null && _transfers.Values.Any(o => o.Peer == n.Peer && o.Role == n.Role && o.PeerPid == n.PeerPid))) return new(false);
        foreach (var n in c.Negotiations) _negotiations[n.Id] = n;
        foreach (var n in c.Agreements) _agreements[n.Id] = n;
        foreach (var n in c.Transfers) _transfers[n.Id] = n;
        foreach (var done in c.Done) foreach (var k in _effects.Where(e => e.Value.Id == done).Select(e => e.Key).ToList()) _effects.Remove(k);
        foreach (var e in c.Effects) _effects[++_position] = e;
        foreach (var d in c.Evidence)
        {
            var prev = Evidence.Count == 0 ? EvidenceChain.Genesis : Evidence[^1].Hash;
            var h = EvidenceChain.HashOf(Evidence.Count + 1, d, prev);
            Evidence.Add(new EvidenceEntry(Evidence.Count + 1, d, prev, h, signatures.SignHash(h)));
        }
        return new(true);
    }
    ValueTask<Negotiation?> INegotiationStore.FindAsync(string id, CancellationToken cancel) => new(_negotiations.GetValueOrDefault(id));
    ValueTask<Negotiation?> INegotiationStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) => new(_negotiations.Values.FirstOrDefault(n => n.Peer == peer && n.Role == role && n.PeerPid == peerPid));
    ValueTask<ImmutableArray<Negotiation>> INegotiationStore.ListAsync(Page page, CancellationToken cancel) => new([.. _negotiations.Values]);
    ValueTask<Agreement?> IAgreementStore.FindAsync(string id, CancellationToken cancel) => new(_agreements.GetValueOrDefault(id));
    ValueTask<ImmutableArray<Agreement>> IAgreementStore.ListAsync(Page page, CancellationToken cancel) => new([.. _agreements.Values]);
    IAsyncEnumerable<Agreement> IAgreementStore.InForceAsync(CancellationToken cancel) => _agreements.Values.Where(a => a.End is null).ToList().ToAsyncEnumerable();
    ValueTask<Transfer?> ITransferStore.FindAsync(string id, CancellationToken cancel) => new(_transfers.GetValueOrDefault(id));
    ValueTask<Transfer?> ITransferStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) => new(_transfers.Values.FirstOrDefault(n => n.Peer == peer && n.Role == role && n.PeerPid == peerPid));
    ValueTask<ImmutableArray<Transfer>> ITransferStore.ListAsync(Page page, CancellationToken cancel) => new([.. _transfers.Values]);
    ValueTask<ImmutableArray<Transfer>> ITransferStore.LiveAsync(string agreementId, CancellationToken cancel) => new([.. _transfers.Values.Where(t => t.AgreementId == agreementId && !t.IsTerminal)]);
    public ValueTask<ImmutableArray<StoredEffect>> PendingAsync(long after, int limit, CancellationToken cancel) => new([.. _effects.Where(e => e.Key > after).Take(limit).Select(e => new StoredEffect(e.Key, e.Value))]);
    public IAsyncEnumerable<EvidenceEntry> ReadAsync(long fromSequence, CancellationToken cancel) => Evidence.Where(e => e.Sequence >= fromSequence).ToList().ToAsyncEnumerable();
    public ValueTask<EvidenceHead?> HeadAsync(CancellationToken cancel) => new(Evidence.Count == 0 ? null : new EvidenceHead(Evidence.Count, Evidence[^1].Hash, signatures.SignHash(EvidenceChain.HeadHash(Evidence.Count, Evidence[^1].Hash))));
}

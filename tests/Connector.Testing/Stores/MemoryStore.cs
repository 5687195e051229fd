using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.Testing.Stores;

/// <summary>
/// All ports in memory, by the same contract as the stores on disk. Every call has completed when it returns, so that a simulation
/// repeats to the letter.
/// </summary>
public sealed class MemoryStore(ISignatures signatures)
    : IStore, INegotiationStore, IAgreementStore, ITransferStore, IRefusedTransferStore, IEffectStore, IEvidenceStore, IDocumentStore
{
    private readonly Lock _writer = new();
    private volatile MemoryState _state = new();

    public ValueTask<bool> CommitAsync(Change change, CancellationToken cancel)
    {
        lock (_writer)
        {
            if (_state.After(change, signatures) is not { } next)
            {
                return new(false);
            }

            _state = next;
            return new(true);
        }
    }

    ValueTask<Negotiation?> INegotiationStore.FindAsync(string id, CancellationToken cancel) => new(_state.Negotiations.Find(id));

    ValueTask<Negotiation?> INegotiationStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) =>
        new(_state.Negotiations.Find(peer, role, peerPid));

    ValueTask<ImmutableArray<Negotiation>> INegotiationStore.ListAsync(Page page, CancellationToken cancel) => new(_state.Negotiations.List(page));

    ValueTask<Agreement?> IAgreementStore.FindAsync(string id, CancellationToken cancel) => new(_state.Agreements.Find(id));

    ValueTask<ImmutableArray<Agreement>> IAgreementStore.ListAsync(Page page, CancellationToken cancel) => new(_state.Agreements.List(page));

    IAsyncEnumerable<Agreement> IAgreementStore.DueAsync(DateTimeOffset until, CancellationToken cancel) =>
        Timed.Where(a => a.ChangesAt <= until).OrderBy(a => a.ChangesAt).ThenBy(a => a.Id, StringComparer.Ordinal).ToAsyncEnumerable();

    ValueTask<DateTimeOffset?> IAgreementStore.NextDueAsync(CancellationToken cancel) => new(Timed.Min(a => a.ChangesAt));

    IAsyncEnumerable<Agreement> IAgreementStore.InForceAsync(string? peer, CancellationToken cancel) =>
        _state.Agreements.Oldest.Where(a => a.End is null && (peer is null || a.Peer == peer)).OrderBy(a => a.Id, StringComparer.Ordinal).ToAsyncEnumerable();

    IAsyncEnumerable<Agreement> IAgreementStore.AllAsync(CancellationToken cancel) => _state.Agreements.Oldest.OrderBy(a => a.Id, StringComparer.Ordinal).ToAsyncEnumerable();

    ValueTask<Transfer?> ITransferStore.FindAsync(string id, CancellationToken cancel) => new(_state.Transfers.Find(id));

    ValueTask<Transfer?> ITransferStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) =>
        new(_state.Transfers.Find(peer, role, peerPid));

    ValueTask<ImmutableArray<Transfer>> ITransferStore.ListAsync(Page page, CancellationToken cancel) => new(_state.Transfers.List(page));

    ValueTask<ImmutableArray<Transfer>> ITransferStore.LiveAsync(string agreementId, CancellationToken cancel) =>
        new([.. _state.Transfers.Oldest.Where(t => t.AgreementId == agreementId && !t.IsTerminal)]);

    ValueTask<RefusedTransfer?> IRefusedTransferStore.FindAsync(string idOrConsumerPid, CancellationToken cancel) =>
        new(_state.RefusedTransfers.FindLast(r => r.Id == idOrConsumerPid || r.ConsumerPid == idOrConsumerPid));

    ValueTask<ImmutableArray<RefusedTransfer>> IRefusedTransferStore.ListAsync(Page page, CancellationToken cancel) => new(
    [
        .. _state.RefusedTransfers.Reverse().SkipWhile(r => page.Before is not null && r.Id != page.Before).Skip(page.Before is null ? 0 : 1)
            .Where(r => page.Peer is null || r.Peer == page.Peer).Take(Math.Clamp(page.Limit, 1, 1000)),
    ]);

    public ValueTask<ImmutableArray<StoredEffect>> PendingAsync(long after, int limit, CancellationToken cancel) =>
        new([.. _state.Effects.Where(e => e.Position > after).Take(limit)]);

    public IAsyncEnumerable<EvidenceEntry> ReadAsync(long fromSequence, CancellationToken cancel) =>
        _state.Evidence.Where(e => e.Sequence >= fromSequence).ToAsyncEnumerable();

    public ValueTask<EvidenceHead?> HeadAsync(CancellationToken cancel) => new(_state.Head);

    public ValueTask<ImmutableArray<Document>> AllAsync(CancellationToken cancel) => new([.. _state.Documents.Values]);

    private IEnumerable<Agreement> Timed => _state.Agreements.Oldest.Where(a => a is { End: null, ChangesAt: not null });
}

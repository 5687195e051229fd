using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Stores;

/// <summary>Writes. One method, so that state, effects and evidence can never part.</summary>
public interface IStore
{
    /// <summary>Stores the whole change durably, in one transaction.</summary>
    /// <returns>False when a version or a unique key (id; peer, role and peer's pid) was taken meanwhile: nothing was written, load again and decide anew.</returns>
    ValueTask<bool> CommitAsync(Change change, CancellationToken cancel);
}

/// <summary>Which rows of a listing: newest first.</summary>
/// <param name="Peer">Only this participant's; null for all.</param>
/// <param name="Limit">At most so many, 1 to 1000.</param>
/// <param name="Before">Only rows created before this id of an earlier page; null for the first page.</param>
public sealed record Page(string? Peer = null, int Limit = 100, string? Before = null);

/// <summary>Reads of negotiations.</summary>
public interface INegotiationStore
{
    ValueTask<Negotiation?> FindAsync(string id, CancellationToken cancel);

    /// <summary>The negotiation that the peer knows by its own pid.</summary>
    ValueTask<Negotiation?> FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel);

    ValueTask<ImmutableArray<Negotiation>> ListAsync(Page page, CancellationToken cancel);
}

/// <summary>Reads of agreements.</summary>
public interface IAgreementStore
{
    ValueTask<Agreement?> FindAsync(string id, CancellationToken cancel);

    ValueTask<ImmutableArray<Agreement>> ListAsync(Page page, CancellationToken cancel);

    /// <summary>All that are in force, streamed in order of id.</summary>
    /// <param name="peer">Only those with this participant; null for all.</param>
    IAsyncEnumerable<Agreement> InForceAsync(string? peer, CancellationToken cancel);

    /// <summary>All there are, in force or ended, streamed.</summary>
    IAsyncEnumerable<Agreement> AllAsync(CancellationToken cancel);

    /// <summary>Those in force whose <see cref="Agreement.ChangesAt"/> is not after an instant, streamed, earliest first. Costs as much as there are of these, however many there are beside.</summary>
    IAsyncEnumerable<Agreement> DueAsync(DateTimeOffset until, CancellationToken cancel);

    /// <summary>The earliest <see cref="Agreement.ChangesAt"/> of all in force; null when none has one.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancel);
}

/// <summary>Reads of transfers.</summary>
public interface ITransferStore
{
    ValueTask<Transfer?> FindAsync(string id, CancellationToken cancel);

    ValueTask<Transfer?> FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel);

    ValueTask<ImmutableArray<Transfer>> ListAsync(Page page, CancellationToken cancel);

    /// <summary>The transfers under an agreement that are not COMPLETED or TERMINATED.</summary>
    ValueTask<ImmutableArray<Transfer>> LiveAsync(string agreementId, CancellationToken cancel);
}

/// <summary>Reads of transfers that were refused.</summary>
public interface IRefusedTransferStore
{
    /// <summary>By our own name for it, or by the consumer's pid; of several the newest.</summary>
    ValueTask<RefusedTransfer?> FindAsync(string idOrConsumerPid, CancellationToken cancel);

    ValueTask<ImmutableArray<RefusedTransfer>> ListAsync(Page page, CancellationToken cancel);
}

/// <summary>Reads of the outbox.</summary>
public interface IEffectStore
{
    /// <summary>All effects not yet done, oldest first, at most <paramref name="limit"/>, after the given insertion position (0 for the first).</summary>
    ValueTask<ImmutableArray<StoredEffect>> PendingAsync(long after, int limit, CancellationToken cancel);
}

/// <summary>An effect with its insertion position.</summary>
public sealed record StoredEffect(long Position, Effect Effect);

/// <summary>Reads of the evidence log.</summary>
public interface IEvidenceStore
{
    /// <summary>Entries in order, from the given sequence on.</summary>
    IAsyncEnumerable<EvidenceEntry> ReadAsync(long fromSequence, CancellationToken cancel);

    /// <summary>The signed end of the log; null when nothing was ever written.</summary>
    ValueTask<EvidenceHead?> HeadAsync(CancellationToken cancel);
}

/// <summary>Reads of the operator's documents.</summary>
public interface IDocumentStore
{
    ValueTask<ImmutableArray<Document>> AllAsync(CancellationToken cancel);
}

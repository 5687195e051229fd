using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Testing.Stores;

namespace Connector.Dsp.Tests.Data;

/// <summary>A store that does its work until it is told what ails it.</summary>
internal sealed class FaultyStore(MemoryStore store) : IStore, ITransferStore
{
    /// <summary>What every write meets, if anything.</summary>
    public Exception? Writing { get; set; }

    /// <summary>What every read meets, if anything.</summary>
    public Exception? Reading { get; set; }

    private ITransferStore Reads => Reading is { } fault ? throw fault : store;

    public ValueTask<bool> CommitAsync(Change change, CancellationToken cancel) => Writing is { } fault ? throw fault : store.CommitAsync(change, cancel);

    public ValueTask<Transfer?> FindAsync(string id, CancellationToken cancel) => Reads.FindAsync(id, cancel);

    public ValueTask<Transfer?> FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) => Reads.FindByPeerPidAsync(peer, role, peerPid, cancel);

    public ValueTask<ImmutableArray<Transfer>> ListAsync(Page page, CancellationToken cancel) => Reads.ListAsync(page, cancel);

    public ValueTask<ImmutableArray<Transfer>> LiveAsync(string agreementId, CancellationToken cancel) => Reads.LiveAsync(agreementId, cancel);
}

using System.Collections.Concurrent;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;

namespace Connector.Testing;

/// <summary>For tests whose Peer documents say all about how a peer is talked to: nothing has to be found out.</summary>
public sealed class DocumentedBindings : IPeerBindings
{
    /// <summary>Of whom it was said that what was found out may be so no longer.</summary>
    public ConcurrentQueue<string> Forgotten { get; } = [];

    public void Forget(string participantId) => Forgotten.Enqueue(participantId);

    public ValueTask<Result<Binding>> ChooseAsync(PeerEntry peer, Binding? asked, CancellationToken cancel) =>
        ValueTask.FromResult<Result<Binding>>(peer.Choose(asked) ?? throw new InvalidOperationException($"the Peer document '{peer.Name}' does not say its version"));
}

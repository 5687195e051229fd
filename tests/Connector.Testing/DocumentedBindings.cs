using Connector.ControlPlane;
using Connector.ControlPlane.Participants;

namespace Connector.Testing;

/// <summary>For tests whose Peer documents say all about how a peer is talked to: nothing has to be found out.</summary>
public sealed class DocumentedBindings : IPeerBindings
{
    public ValueTask<Result<Binding>> ChooseAsync(PeerEntry peer, Binding? asked, CancellationToken cancel) =>
        ValueTask.FromResult<Result<Binding>>(peer.Choose(asked) ?? throw new InvalidOperationException($"the Peer document '{peer.Name}' does not say its version"));
}

using Connector.ControlPlane;
using Connector.ControlPlane.Participants;

namespace Connector.Simulation.Tests;

/// <summary>Every peer of the simulation says itself how it is talked to.</summary>
internal sealed class SimulatedBindings : IPeerBindings
{
    public ValueTask<Result<Binding>> ChooseAsync(PeerEntry peer, Binding? asked, CancellationToken cancel) =>
        ValueTask.FromResult<Result<Binding>>(peer.Choose(asked) ?? throw new InvalidOperationException($"'{peer.Name}' has no binding"));
}

using System.Collections.Concurrent;
using Connector.ControlPlane.Effects;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>Keeps what a decision left to do: these tests send messages themselves.</summary>
internal sealed class Queue : IEffectQueue
{
    private readonly ConcurrentQueue<Effect> _effects = new();

    public IReadOnlyCollection<Effect> Effects => _effects;

    public void Enqueue(Effect effect) => _effects.Enqueue(effect);
}

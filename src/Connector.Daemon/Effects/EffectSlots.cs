using System.Threading.RateLimiting;
using Connector.ControlPlane.Effects;

namespace Connector.Daemon.Effects;

/// <summary>How many effects run at a time, counted for each peer by itself, so that one which answers slowly or never holds up nobody else; and data apart from messages, so that long streams do not hold up the contract.</summary>
internal sealed class EffectSlots(EffectRunnerOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Effect> _limiter = PartitionedRateLimiter.Create<Effect, (string Peer, bool Data)>(effect =>
        RateLimitPartition.GetConcurrencyLimiter((effect.Peer, Data: effect.Body is Fetch or Push), of => new ConcurrencyLimiterOptions
        {
            PermitLimit = of.Data ? options.ExchangesPerPeer : options.MessagesPerPeer,
            QueueLimit = int.MaxValue,
        }));

    /// <summary>Waits for a slot; dispose what it gives to leave it.</summary>
    public ValueTask<RateLimitLease> EnterAsync(Effect effect, CancellationToken cancel) => _limiter.AcquireAsync(effect, 1, cancel);

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}

using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Effects;

/// <summary>Finds effects that a crash left behind, at the start before any message is taken, then now and again. Never on the fast path.</summary>
public sealed class RecoveryWorker(IEffectStore effects, IEffectQueue queue, EffectRunnerOptions options, TimeProvider time, ILogger<RecoveryWorker> log) : BackgroundService
{
    private const int PageSize = 500;

    /// <summary>Takes up all that is pending, in order.</summary>
    public async Task RecoverAsync(DateTimeOffset createdBefore, CancellationToken cancel)
    {
        var found = 0;
        var after = 0L;
        while (true)
        {
            var page = await effects.PendingAsync(after, PageSize, cancel);
            if (page.IsEmpty)
            {
                break;
            }

            foreach (var stored in page.Where(s => s.Effect.CreatedAt < createdBefore))
            {
                queue.Enqueue(stored.Effect);
                found++;
            }

            after = page[^1].Position;
        }

        if (found > 0)
        {
            Log.EffectsRecovered(log, found);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(DateTimeOffset.MaxValue, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.RecoveryPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // What is younger is still on its way through this process; doing it twice would be harmless, and a waste.
                await RecoverAsync(time.GetUtcNow() - options.RecoveryPeriod, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.RecoveryFailed(log, e);
            }
        }
    }
}

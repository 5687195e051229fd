using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Effects;

/// <summary>Sweeps up after transfers: at the start what a crash left, then what each end leaves.</summary>
public sealed class SweepWorker(SweepService sweep, Happenings happenings, TimeProvider time, ILogger<SweepWorker> log) : BackgroundService
{
    /// <summary>Whoever still writes into what is to be removed hears of the end within this time.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = happenings.Open(h => h is { Kind: "transfer", State: "COMPLETED" or "TERMINATED" });
        await SweepAsync(() => sweep.AllAsync(stoppingToken), stoppingToken);
        await foreach (var ended in watch.ReadAllAsync(stoppingToken))
        {
            await SweepAsync(async () => watch.Lost() ? await sweep.AllAsync(stoppingToken) : await sweep.OneAsync(ended.Subject, stoppingToken) ? [] : [ended.Subject], stoppingToken);
        }
    }

    private async Task SweepAsync(Func<ValueTask<IReadOnlyList<string>>> first, CancellationToken cancel)
    {
        try
        {
            var left = await first();
            while (left.Count > 0)
            {
                await Task.Delay(s_pause, time, cancel);
                var still = new List<string>();
                foreach (var id in left)
                {
                    if (!await sweep.OneAsync(id, cancel))
                    {
                        still.Add(id);
                    }
                }

                left = still;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What cannot be removed bears no dataset's name; the next start tries again.
            Log.SweepFailed(log, e);
        }
    }
}

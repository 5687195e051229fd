using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Agreements;

/// <summary>Drives the agreement monitor: wakes when the next agreement is due, when a new one is made, and when documents change.</summary>
public sealed class MonitorWorker(AgreementMonitor monitor, IAgreementStore agreements, Happenings happenings, TimeProvider time, ILogger<MonitorWorker> log) : BackgroundService
{
    // Timers take no longer periods; and a clock that was set forward is noticed within the hour.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = happenings.Open(h => h.Kind is "agreement" or "document");
        await monitor.LoadAsync(stoppingToken);
        await using var news = watch.ReadAllAsync(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var next = news.MoveNextAsync().AsTask();
        try
        {
            await WatchAsync();
        }
        finally
        {
            // An enumerator may be let go of only once it no longer moves.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WatchAsync()
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    var due = await monitor.RunAsync(stoppingToken);
                    var sleep = due is { } at ? TimeSpan.FromTicks(Math.Clamp((at - time.GetUtcNow()).Ticks, 0, s_longestSleep.Ticks)) : s_longestSleep;
                    using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    var woken = await Task.WhenAny(next, Task.Delay(sleep, time, awake.Token));
                    await awake.CancelAsync();
                    if (woken == next)
                    {
                        await next;
                        await (watch.Lost() ? monitor.LoadAsync(stoppingToken) : HearAsync(news.Current, stoppingToken));
                        next = news.MoveNextAsync().AsTask();
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Log.MonitorFailed(log, e);
                    await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
                }
            }
        }
    }

    private async ValueTask HearAsync(Happening happening, CancellationToken cancel)
    {
        if (happening is { Kind: "agreement", State: "IN_FORCE" } && await agreements.FindAsync(happening.Subject, cancel) is { } made)
        {
            monitor.Watch(made);
        }
        else if (happening.Kind == "document")
        {
            await monitor.LoadAsync(cancel);
        }
    }
}

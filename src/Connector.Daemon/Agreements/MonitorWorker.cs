using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Agreements;

/// <summary>Drives the agreement monitor: sleeps until the next agreement is due, or one is made that is due sooner.</summary>
public sealed class MonitorWorker(AgreementMonitor monitor, Happenings happenings, TimeProvider time, ILogger<MonitorWorker> log) : BackgroundService
{
    // Timers take no longer periods; and a clock that was set forward is noticed within the hour.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromHours(1);

    // Timers tick in whole milliseconds, and waking just before the instant would be for nothing.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private long _next = long.MaxValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sooner = happenings.Open(h => h.Due?.UtcTicks < Volatile.Read(ref _next));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // While it is not known, whatever is made counts as sooner.
                Volatile.Write(ref _next, long.MaxValue);
                var due = await monitor.RunAsync(stoppingToken);
                Volatile.Write(ref _next, due?.UtcTicks ?? long.MaxValue);
                await SleepAsync(due, sooner, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.MonitorFailed(log, e);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async ValueTask SleepAsync(DateTimeOffset? due, Happenings.Watch sooner, CancellationToken cancel)
    {
        var sleep = due is { } at ? TimeSpan.FromTicks(Math.Clamp((at - time.GetUtcNow() + s_tick).Ticks, 0, s_longestSleep.Ticks)) : s_longestSleep;
        using var over = new CancellationTokenSource(sleep, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancel);
        try
        {
            await sooner.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace Connector.Daemon.Memory;

/// <summary>Gives memory back to the system once the connector has gone quiet; left alone, the runtime keeps what a start or a busy hour needed.</summary>
/// <param name="allocated">Bytes allocated since the start.</param>
/// <param name="release">Collects everything and returns what is free.</param>
public sealed class QuietWorker(TimeProvider time, Func<long> allocated, Action release) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Bytes allocated in a period, below which it was quiet.</summary>
    public const long Quiet = 1 << 20;

    /// <summary>Bytes allocated since the last release, from which another is worth the stop of some milliseconds.</summary>
    public const long Worthwhile = 2 << 20;

    public QuietWorker(TimeProvider time)
        : this(time, () => GC.GetTotalAllocatedBytes(), () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true))
    {
    }

    /// <summary>Whether to give back, by the bytes allocated until the last look, until now and until the last release.</summary>
    public static bool IsTime(long before, long now, long released) => now - before < Quiet && now - released >= Worthwhile;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var (before, released) = (allocated(), 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = allocated();
            if (IsTime(before, now, released))
            {
                release();
                released = now;
            }

            before = now;
        }
    }
}

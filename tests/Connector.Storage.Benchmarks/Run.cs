using System.Collections.Concurrent;
using System.Diagnostics;

namespace Connector.Storage.Benchmarks;

/// <summary>What a measurement found: the rate, and how long single calls took.</summary>
internal sealed class Run
{
    private readonly ConcurrentBag<double> _microseconds = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _time;

    private Run(TimeSpan time) => _time = time;

    public TimeSpan Elapsed => _watch.Elapsed;

    public static Run Start(TimeSpan time) => new(time);

    public void Add(TimeSpan start) => _microseconds.Add((_watch.Elapsed - start).TotalMicroseconds);

    public override string ToString()
    {
        var sorted = _microseconds.Order().ToArray();
        return $"{sorted.Length / _time.TotalSeconds,8:F0} /s   p50 {sorted[sorted.Length / 2] / 1000,7:F2} ms   p99 {sorted[sorted.Length * 99 / 100] / 1000,7:F2} ms";
    }
}

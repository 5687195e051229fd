using System.Collections.Immutable;

namespace Connector.Storage.Benchmarks;

/// <summary>Durable commits per second by so many committers at once, each waiting for its own acknowledgement; and reads beside it.</summary>
internal static class StorageBenchmark
{
    private static readonly ImmutableArray<int> s_committers = [1, 8, 64, 256];

    public static async Task RunAsync(string under)
    {
        await using var benchmark = new BenchmarkStore(under);
        var store = benchmark.Store;
        foreach (var workload in Workload.All)
        {
            await MeasureAsync(store, workload, committers: 64, TimeSpan.FromSeconds(1));
            foreach (var committers in s_committers)
            {
                var run = await MeasureAsync(store, workload, committers, TimeSpan.FromSeconds(4));
                Console.WriteLine($"{workload.Name,-44}{committers,4} at a time {run}");
            }
        }

        Console.WriteLine($"{"a negotiation read by id",-44}   1 at a time {await Reading.MeasureAsync(store.Reads, TimeSpan.FromSeconds(2))}");
        Console.WriteLine($"database {benchmark.FileBytes >> 20} MiB, memory after a collection {GC.GetTotalMemory(forceFullCollection: true) / 1048576.0:F1} MiB");
    }

    private static async Task<Run> MeasureAsync(SqliteStore store, Workload workload, int committers, TimeSpan time)
    {
        var run = Run.Start(time);
        await Task.WhenAll(Enumerable.Range(0, committers).Select(_ => Task.Run(async () =>
        {
            foreach (var change in workload.Changes())
            {
                var start = run.Elapsed;
                if (start >= time)
                {
                    return;
                }

                if (!await store.CommitAsync(change, CancellationToken.None))
                {
                    throw new InvalidOperationException("nobody else writes these records, and yet there was a conflict");
                }

                run.Add(start);
            }
        })));
        return run;
    }
}

using System.Diagnostics;
using System.Globalization;
using Connector.Trust.Benchmarks;

// Cost of identity per call, on one thread: dotnet run -c Release --project tests/Connector.Trust.Benchmarks [COUNT]
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
using var pair = new Pair();

await Measure("token created", count, static async (pair, _) => pair.Keep(await pair.TokenAsync()));
await Measure("token validated", count, static (pair, i) => pair.ValidateAsync(pair.Kept(i)));
await Measure("token created and validated", count, static async (pair, _) => await pair.ValidateAsync(await pair.TokenAsync()));
await Measure("agreement signed (JCS and JWS)", count, static (pair, _) => pair.SignAsync());
await Measure("agreement verified", count, static (pair, _) => pair.VerifyAsync());
Console.WriteLine($"{"memory after a collection",-36}{GC.GetTotalMemory(forceFullCollection: true) / 1048576.0,10:F1} MiB");

async Task Measure(string name, int times, Func<Pair, int, ValueTask> action)
{
    // Warm up, and not with what is kept for the measurement.
    for (var i = 0; i < 2_000; i++)
        await pair.ValidateAsync(await pair.TokenAsync());
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < times; i++)
        await action(pair, i);
    var elapsed = watch.Elapsed;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    Console.WriteLine($"{name,-36}{times / elapsed.TotalSeconds,10:F0} /s {elapsed.TotalMicroseconds / times,8:F1} us {allocated / times,8} B");
}

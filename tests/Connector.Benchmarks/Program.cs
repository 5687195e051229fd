using System.Diagnostics;
using System.Globalization;
using Connector.Benchmarks;
using Connector.EndToEnd.Tests;

if (args is ["bare", var folder])
{
    await BareStream.ServeAsync(folder);
    return;
}

// One run, one machine: figures of different runs do not compare.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Bytes = 1 << 30;
var since = Stopwatch.StartNew();
await using var two = await TwoCompanies.StartAsync(Bytes);
Console.WriteLine($"two companies made, started, introduced, 1 GiB published: {since.Elapsed.TotalSeconds:0.0} s");

await two.Customer.KillAsync();
since.Restart();
await two.Customer.StartAsync();
Console.WriteLine($"start-up, process start to 'ready': {since.Elapsed.TotalMilliseconds:0} ms");
Console.WriteLine($"idle memory: provider {await Memory.ResidentMiBAsync(two.Supplier):0} MiB, consumer {await Memory.ResidentMiBAsync(two.Customer):0} MiB");

using var load = new NegotiationLoad(two);
await load.RunAsync(concurrency: 8, count: 2000);
await load.RunAsync(concurrency: 8, count: 1000, "dsp");
foreach (var (concurrency, count) in ((int, int)[])[(1, 500), (8, 4000), (64, 12000)])
{
    Console.WriteLine(await load.RunAsync(concurrency, count));
    Console.WriteLine(await load.RunAsync(concurrency, count / 4, "dsp"));
}

var agreement = (await two.FinalizedAsync((await two.StartNegotiationAsync()).Id)).AgreementId;
for (var round = 0; round < 3; round++)
{
    var bare = await BareStream.MeasureAsync(two, Bytes);
    since.Restart();
    var transfer = await two.EndedAsync((await two.PullAsync(agreement, $"{round}.bin")).Id);
    var pull = Bytes / since.Elapsed.TotalSeconds / 1e6;
    Console.WriteLine($"1 GiB: pull {pull:0} MB/s ({transfer.State}), bare gRPC stream {bare:0} MB/s, ratio {pull / bare:0.00}");
}

Console.WriteLine($"memory after load: provider {await Memory.ResidentMiBAsync(two.Supplier):0} MiB, consumer {await Memory.ResidentMiBAsync(two.Customer):0} MiB");

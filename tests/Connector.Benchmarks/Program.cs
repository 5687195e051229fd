using System.Diagnostics;
using System.Globalization;
using Connector.Benchmarks;
using Connector.EndToEnd.Tests;

if (args is ["bare", var folder])
{
    await BareServer.ServeAsync(folder);
    return;
}

if (args.FirstOrDefault(a => a is not ("start" or "negotiations" or "pull")) is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is no part of this benchmark; name any of start, negotiations, pull, or nothing for all of them");
    Environment.ExitCode = 2;
    return;
}

// One run, one machine: figures of different runs do not compare.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Bytes = 1 << 30;

// Longer than two looks of the worker that gives memory back.
var quiet = TimeSpan.FromSeconds(12);
bool Wanted(string part) => args.Length == 0 || args.Contains(part);
var since = Stopwatch.StartNew();
await using var two = await TwoCompanies.StartAsync(Wanted("pull") ? Bytes : 1024);
Console.WriteLine($"two companies made, started, introduced, their dataset published: {since.Elapsed.TotalSeconds:0.0} s");

if (Wanted("start"))
{
    for (var round = 0; round < 5; round++)
    {
        await two.Customer.KillAsync();
        since.Restart();
        await two.Customer.StartAsync();
        Console.WriteLine($"start-up, process start to 'ready': {since.Elapsed.TotalMilliseconds:0} ms, CPU {Spent.Of(two.Customer.ProcessId).TotalMilliseconds:0} ms");
    }

    await Task.Delay(quiet);
    Console.WriteLine($"idle memory: provider {Memory.Of(two.Supplier)}, consumer {Memory.Of(two.Customer)}");
    since.Restart();
    await two.FinalizedAsync((await two.StartNegotiationAsync()).Id);
    Console.WriteLine($"first negotiation of new processes: {since.Elapsed.TotalMilliseconds:0} ms");
}

if (Wanted("negotiations"))
{
    await using (var server = await BareServer.StartAsync(two))
    {
        var calls = new BareCalls(server);
        await calls.RunAsync(64, 50_000);
        Console.WriteLine(await calls.RunAsync(64, 50_000));
    }

    Console.WriteLine(BareCommits.Run(Path.Combine(two.Inbox, "bare.db"), 5_000));
    using var load = new NegotiationLoad(two);
    await load.RunAsync(concurrency: 8, count: 2000);
    await load.RunAsync(concurrency: 8, count: 1000, "dsp");
    foreach (var (concurrency, count) in ((int, int)[])[(1, 500), (8, 4000), (64, 12000)])
    {
        Console.WriteLine(await load.RunAsync(concurrency, count));
        Console.WriteLine(await load.RunAsync(concurrency, count / 4, "dsp"));
    }
}

if (Wanted("pull"))
{
    var pull = new PullLoad(two, (await two.FinalizedAsync((await two.StartNegotiationAsync()).Id)).AgreementId, Bytes);
    await using var server = await BareServer.StartAsync(two);
    var bare = new BareStream(server);
    await bare.RunAsync(64 << 20, null);
    for (var round = 0; round < 4; round++)
    {
        var thrown = await bare.RunAsync(Bytes, null);
        var pulled = await pull.RunAsync();
        var written = await bare.RunAsync(Bytes, Path.Combine(two.Inbox, "bare.bin"));
        Console.WriteLine($"1 GiB: pull {pulled}");
        Console.WriteLine($"       bare gRPC stream {thrown}, ratio {pulled.MegabytesPerSecond / thrown.MegabytesPerSecond:0.00}");
        Console.WriteLine($"       bare gRPC stream into a file {written}, ratio {pulled.MegabytesPerSecond / written.MegabytesPerSecond:0.00}");
    }
}

Console.WriteLine($"memory after load: provider {Memory.Of(two.Supplier)}, consumer {Memory.Of(two.Customer)}");
await Task.Delay(quiet);
Console.WriteLine($"and {quiet.TotalSeconds:0} s later: provider {Memory.Of(two.Supplier)}, consumer {Memory.Of(two.Customer)}");

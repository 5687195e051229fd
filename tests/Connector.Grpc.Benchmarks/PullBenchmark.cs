using System.Diagnostics;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Tests.Rooms;
using Grpc.Core;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Benchmarks;

/// <summary>The bytes of a file through the room (token, agreement, policy and cut-off checked at each chunk) beside a bare stream of constant bytes. The receiver counts, no more.</summary>
internal static class PullBenchmark
{
    private const int Rounds = 3;

    public static async Task RunAsync(long bytes)
    {
        await using var partners = await Partners.StartAsync();
        await using var bare = await Bare.StartAsync(partners.Provider, bytes);
        var path = partners.ProviderFile("data.bin");
        await WriteAsync(path, bytes);
        partners.Provider.Knows([partners.ProviderEntry, partners.ConsumerEntry], Sample.File(path));
        await partners.Provider.StoreAsync(new Change
        {
            Agreements = [Sample.Agreement(partners.ConsumerEntry.ParticipantId, Role.Provider)],
            Transfers = [Sample.Transfer(partners.ConsumerEntry.ParticipantId, Role.Provider)],
        });
        var stream = partners.Consumer.Client.Pull(partners.ToProvider, Sample.Transfer(partners.ProviderEntry.ParticipantId, Role.Consumer));
        var manifest = (await stream.DescribeAsync(default)).Value;
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync("bare stream", bytes, () => BareAsync(partners, bare));
            await MeasureAsync("room's pull of a file", manifest.Size, () => PullAsync(stream));
        }
    }

    private static async Task<long> BareAsync(Partners partners, Bare bare)
    {
        var received = 0L;
        using var call = new V1.ExchangeService.ExchangeServiceClient(partners.Raw(bare.Address)).Pull(new V1.PullRequest());
        await foreach (var piece in call.ResponseStream.ReadAllAsync())
        {
            received += piece.Data.Length;
        }

        return received;
    }

    private static async Task<long> PullAsync(IDataStream stream)
    {
        var received = 0L;
        await foreach (var piece in stream.ReadAsync(default, default))
        {
            received += piece.Bytes.Length;
        }

        return received;
    }

    private static async Task MeasureAsync(string name, long bytes, Func<Task<long>> receive)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        using var process = Process.GetCurrentProcess();
        var busy = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        if (await receive() != bytes)
        {
            throw new InvalidOperationException("bytes are missing");
        }

        process.Refresh();
        Console.WriteLine($"{name,-24}{bytes / watch.Elapsed.TotalSeconds / 1e6,8:F0} MB/s {(process.TotalProcessorTime - busy).TotalSeconds / watch.Elapsed.TotalSeconds,5:F2} cores {(double)(GC.GetTotalAllocatedBytes() - allocated) / bytes,6:F2} B allocated per byte");
    }

    private static async Task WriteAsync(string path, long bytes)
    {
        var block = new byte[1024 * 1024];
        new Random(3).NextBytes(block);
        await using var file = File.Create(path);
        for (var left = bytes; left > 0; left -= block.Length)
        {
            await file.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, left)));
        }
    }
}

using System.Diagnostics;
using Connector.ControlPlane.Publications;

namespace Connector.DataPlane.Tests;

public sealed class KillTests
{
    private const int Chunk = 1 << 20;
    private const int Kills = 12;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_receiver_killed_again_and_again_ends_with_the_whole(bool folder, int seed)
    {
        using var exchange = new Exchange();
        (string Path, byte[] Content)[] files = folder
            ? [("a", Exchange.Bytes(7 * Chunk)), ("b/c", Exchange.Bytes(100)), ("b/d", []), ("e", Exchange.Bytes((9 * Chunk) + 1))]
            : [("one", Exchange.Bytes((24 * Chunk) + 99))];
        var source = folder ? exchange.Tree(files) : exchange.File(files[0].Content);
        var random = new Random(seed);
        var killed = 0;
        while (killed < Kills && await RunAsync(exchange, source, killAfter: random.Next(1, 12)) != "done")
        {
            killed++;
            Assert.False(Path.Exists(exchange.Target) && Directory.Exists(exchange.Folder["in"]) && !IsWhole(exchange, files, folder));
        }

        Assert.True(killed > 0);
        Assert.Equal("done", await RunAsync(exchange, source, killAfter: null));
        Assert.True(IsWhole(exchange, files, folder));
        Assert.Equal(["target"], exchange.Beside());
    }

    private static bool IsWhole(Exchange exchange, (string Path, byte[] Content)[] files, bool folder) =>
        files.All(f => File.ReadAllBytes(folder ? Path.Combine(exchange.Target, f.Path) : exchange.Target).AsSpan().SequenceEqual(f.Content));

    /// <summary>Runs a receiver and kills it once it has said so many lines.</summary>
    /// <returns>The last line that it said.</returns>
    private static async Task<string?> RunAsync(Exchange exchange, DataSource source, int? killAfter)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { typeof(Receiver.Direct).Assembly.Location, source.Kind, source.Location, exchange.Folder["cache"], exchange.Target, Exchange.TransferId },
        };
        using var process = Process.Start(start)!;
        string? last = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            last = line;
            if (killAfter is { } left && (killAfter = left - 1) == 0)
            {
                process.Kill();
                await process.WaitForExitAsync();
                return "killed";
            }
        }

        await process.WaitForExitAsync();
        return last;
    }
}

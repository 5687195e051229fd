using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using CsCheck;

namespace Connector.DataPlane.Tests;

public sealed class ResumeTests
{
    private const int Chunk = 1 << 20;

    [Fact]
    public async Task A_broken_stream_goes_on_from_the_last_whole_chunk()
    {
        using var exchange = new Exchange();
        var content = Exchange.Bytes((4 * Chunk) + 5);
        var stream = exchange.Stream(exchange.File(content));
        stream.BreakAfter = 40; // 16 pieces of 64 KiB a chunk: two whole chunks and a half.
        Assert.Same(SourceStream.Cut, (await exchange.ReceiveAsync(stream)).Refusal);
        Assert.False(File.Exists(exchange.Target));

        stream.BreakAfter = null;
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Equal([new ResumePoint(0, 0), new ResumePoint(0, 2)], stream.Asked);
        Assert.Equal(content, await File.ReadAllBytesAsync(exchange.Target));
    }

    [Fact]
    public async Task What_was_damaged_on_disk_meanwhile_is_fetched_again()
    {
        using var exchange = new Exchange();
        var content = Exchange.Bytes(5 * Chunk);
        var stream = exchange.Stream(exchange.File(content));
        stream.BreakAfter = 4 * 16;
        await exchange.ReceiveAsync(stream);
        var partial = Path.Combine(exchange.Folder["in"], Assert.Single(exchange.Beside()), "content");
        using (var file = File.OpenWrite(partial))
        {
            file.Position = Chunk + 17;
            file.WriteByte((byte)~content[Chunk + 17]);
        }

        stream.BreakAfter = null;
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Equal(new ResumePoint(0, 1), stream.Asked[^1]);
        Assert.Equal(content, await File.ReadAllBytesAsync(exchange.Target));
    }

    [Fact]
    public async Task Another_manifest_starts_over()
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(3 * Chunk));
        var stream = exchange.Stream(source);
        stream.BreakAfter = 2 * 16;
        await exchange.ReceiveAsync(stream);

        var changed = Exchange.Bytes(3 * Chunk, seed: 2);
        exchange.File(changed);
        stream.BreakAfter = null;
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Equal(new ResumePoint(0, 0), stream.Asked[^1]);
        Assert.Equal(changed, await File.ReadAllBytesAsync(exchange.Target));
    }

    [Fact]
    public async Task Discarding_removes_all_that_was_kept()
    {
        using var exchange = new Exchange();
        var stream = exchange.Stream(exchange.File(Exchange.Bytes(3 * Chunk)));
        stream.BreakAfter = 20;
        await exchange.ReceiveAsync(stream);
        Assert.NotEmpty(exchange.Beside());
        exchange.Sinks.Discard(Exchange.TransferId, exchange.Target);
        Assert.Empty(exchange.Beside());
    }

    [Fact]
    public async Task Cancelling_keeps_what_arrived_and_ends_with_the_cancellation()
    {
        using var exchange = new Exchange();
        using var cancel = new CancellationTokenSource();
        var content = Exchange.Bytes(4 * Chunk);
        var source = exchange.File(content);
        var stream = new SourceStream(exchange.Sources, source)
        {
            Watch = p =>
            {
                if (p.Chunk == 3)
                {
                    cancel.Cancel();
                }
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await exchange.ReceiveAsync(stream, cancel: cancel.Token));
        Assert.False(File.Exists(exchange.Target));
        Assert.Null((await exchange.ReceiveAsync(exchange.Stream(source))).Refusal);
        Assert.Equal(content, await File.ReadAllBytesAsync(exchange.Target));
    }

    [Fact]
    public async Task Two_receivers_of_one_transfer_do_not_mix()
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(3 * Chunk));
        Refusal? second = null;
        var first = new SourceStream(exchange.Sources, source)
        {
            Watch = p => second ??= exchange.ReceiveAsync(exchange.Stream(source)).AsTask().GetAwaiter().GetResult().Refusal,
        };
        Assert.Null((await exchange.ReceiveAsync(first)).Refusal);
        Assert.Equal("transfer-busy", second?.Code);
        Assert.Equal(RefusalKind.Unavailable, second?.Kind);
    }

    [Fact]
    public async Task Any_content_broken_at_any_points_ends_equal_and_never_shows_early()
    {
        var file = Gen.Int[0, 3 * Chunk].Select(Gen.Int[0, 1000], (size, seed) => Exchange.Bytes(size, seed));
        await Gen.Select(file.Array[1, 4], Gen.Int[0, 40].Array[0, 8], Gen.Bool).SampleAsync(
            async (contents, breaks, folder) =>
            {
                using var exchange = new Exchange();
                var source = folder ? exchange.Tree([.. contents.Select((c, i) => ($"{i % 2}/{i}", c))]) : exchange.File(contents[0]);
                var stream = new SourceStream(exchange.Sources, source) { Watch = _ => Assert.False(Path.Exists(exchange.Target)) };
                foreach (var pieces in breaks)
                {
                    stream.BreakAfter = pieces;
                    if ((await exchange.ReceiveAsync(stream)).Refusal is not { } refusal)
                    {
                        break;
                    }

                    Assert.Same(SourceStream.Cut, refusal);
                    Assert.False(Path.Exists(exchange.Target));
                }

                stream.BreakAfter = null;
                Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
                for (var i = 0; i < (folder ? contents.Length : 1); i++)
                {
                    Assert.Equal(contents[i], await File.ReadAllBytesAsync(folder ? Path.Combine(exchange.Target, $"{i % 2}/{i}") : exchange.Target));
                }

                Assert.Equal(["target"], exchange.Beside());
            },
            iter: 60,
            threads: 2);
    }
}

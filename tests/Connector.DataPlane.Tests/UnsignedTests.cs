using Connector.DataPlane.Sinks;

namespace Connector.DataPlane.Tests;

/// <summary>Data in place that nobody has signed for yet: it stays only if somebody does.</summary>
public sealed class UnsignedTests : IDisposable
{
    private readonly Exchange _exchange = new();

    private string Ledger => _exchange.Folder["ledger"];

    public void Dispose() => _exchange.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Data_in_place_goes_with_a_transfer_that_ended_unsigned_and_nothing_beside_it(bool folder)
    {
        var other = _exchange.Folder.Write("in/other", "untouched"u8);
        await ReceiveAsync(folder);
        Assert.True(Path.Exists(_exchange.Target));

        // Another life of the daemon.
        var sinks = new DataSinks(ledgerFolder: Ledger);
        Assert.Equal([Exchange.TransferId], sinks.Transfers());
        Assert.True(sinks.Discard(Exchange.TransferId));

        Assert.False(Path.Exists(_exchange.Target));
        Assert.True(File.Exists(other));
        Assert.Empty(sinks.Transfers());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Ledger));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Data_that_was_signed_for_stays(bool folder)
    {
        await ReceiveAsync(folder);

        var sinks = new DataSinks(ledgerFolder: Ledger);
        sinks.Keep(Exchange.TransferId);
        Assert.True(sinks.Discard(Exchange.TransferId));

        Assert.True(Path.Exists(_exchange.Target));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Ledger));
    }

    [Fact]
    public async Task What_was_in_place_before_stays()
    {
        _exchange.Folder.Write("in/target", Content);
        await ReceiveAsync(folder: false);

        Assert.True(new DataSinks(ledgerFolder: Ledger).Discard(Exchange.TransferId));

        Assert.Equal(Content, await File.ReadAllBytesAsync(_exchange.Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_changed_in_its_place_stays(bool folder)
    {
        await ReceiveAsync(folder);
        var changed = folder ? Path.Combine(_exchange.Target, "added") : _exchange.Target;
        await File.WriteAllTextAsync(changed, "mine");

        Assert.True(new DataSinks(ledgerFolder: Ledger).Discard(Exchange.TransferId));

        Assert.Equal("mine", await File.ReadAllTextAsync(changed));
    }

    [Fact]
    public async Task What_is_received_again_is_known_as_in_place_from_before()
    {
        await ReceiveAsync(folder: false);
        await ReceiveAsync(folder: false);

        Assert.True(new DataSinks(ledgerFolder: Ledger).Discard(Exchange.TransferId));

        Assert.False(File.Exists(_exchange.Target));
    }

    [Fact]
    public async Task An_entry_is_never_seen_half_written()
    {
        var sinks = new DataSinks(ledgerFolder: Ledger);
        var id = new string('i', 5000);
        var stream = _exchange.Stream(_exchange.File(Content));
        stream.BreakAfter = 0;
        using var stop = new CancellationTokenSource();
        var entering = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Same(SourceStream.Cut, (await sinks.ReceiveAsync(id, _exchange.Target, stream, null, TestContext.Current.CancellationToken)).Refusal);
                sinks.Discard(id, _exchange.Target);
            }
        });

        for (var seen = 0; seen < 500 && !entering.IsCompleted;)
        {
            foreach (var transfer in sinks.Transfers())
            {
                Assert.Equal(id, transfer);
                seen++;
            }
        }

        await stop.CancelAsync();
        await entering;
    }

    private static byte[] Content { get; } = Exchange.Bytes(3_000_000);

    private async Task ReceiveAsync(bool folder)
    {
        var source = folder ? _exchange.Tree(("a/b", Content), ("c", [])) : _exchange.File(Content);
        var received = await new DataSinks(ledgerFolder: Ledger).ReceiveAsync(Exchange.TransferId, _exchange.Target, _exchange.Stream(source), null, TestContext.Current.CancellationToken);
        Assert.Null(received.Refusal);
    }
}

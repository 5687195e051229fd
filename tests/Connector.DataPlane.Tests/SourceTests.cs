using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.DataPlane.Sources;

namespace Connector.DataPlane.Tests;

public sealed class SourceTests
{
    private const int Chunk = 1 << 20;

    [Fact]
    public async Task A_file_changed_since_its_manifest_ends_with_an_error_that_names_it()
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(2 * Chunk), "footprint.json");
        var manifest = (await exchange.Sources.DescribeAsync(source, null, default)).Value;
        exchange.File(Exchange.Bytes(2 * Chunk, seed: 2), "footprint.json");
        var error = await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(exchange.Sources, source, manifest));
        Assert.Contains("'footprint.json'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exchange.Folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_changed_while_it_is_read_ends_with_an_error()
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(4 * Chunk));
        var manifest = (await exchange.Sources.DescribeAsync(source, null, default)).Value;
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var piece in exchange.Sources.ReadAsync(source, manifest, default, default))
            {
                await File.AppendAllTextAsync(source.Location, "x");
            }
        });
    }

    [Fact]
    public async Task A_file_that_became_shorter_or_went_away_ends_with_an_error()
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(4 * Chunk));
        var manifest = (await exchange.Sources.DescribeAsync(source, null, default)).Value;
        File.Delete(source.Location);
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(exchange.Sources, source, manifest));
        exchange.File(Exchange.Bytes(Chunk));
        await Assert.ThrowsAsync<IOException>(async () => await ReadAsync(exchange.Sources, source, manifest));
    }

    [Fact]
    public async Task A_restart_takes_hashes_from_the_cache_folder_only_for_the_same_state_of_the_file()
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(5 * Chunk));
        var time = DateTime.UnixEpoch.AddDays(20_000);
        File.SetLastWriteTimeUtc(source.Location, time);
        var manifest = (await exchange.Sources.DescribeAsync(source, null, default)).Value;
        var sidecar = Assert.Single(Directory.GetFiles(exchange.Folder["cache"]));

        // The same size and time of change, other bytes: only one who takes the kept hashes can answer with the old ones.
        using (var file = File.OpenWrite(source.Location))
        {
            file.WriteByte(0xaa);
        }

        File.SetLastWriteTimeUtc(source.Location, time);
        using (var restarted = new DataSources(exchange.Folder["cache"], TimeProvider.System))
        {
            Assert.True(Same(manifest, (await restarted.DescribeAsync(source, null, default)).Value));
        }

        File.SetLastWriteTimeUtc(source.Location, time.AddSeconds(-5));
        using (var restarted = new DataSources(exchange.Folder["cache"], TimeProvider.System))
        {
            Assert.False(Same(manifest, (await restarted.DescribeAsync(source, null, default)).Value));
        }

        var bytes = await File.ReadAllBytesAsync(sidecar);
        bytes[50] ^= 1;
        await File.WriteAllBytesAsync(sidecar, bytes);
        using (var restarted = new DataSources(exchange.Folder["cache"], TimeProvider.System))
        {
            var again = (await restarted.DescribeAsync(source, null, default)).Value;
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(source.Location)), again.Files[0].Sha256.ToArray());
        }
    }

    [Fact]
    public async Task Links_out_of_a_folder_and_pipes_are_not_followed()
    {
        using var exchange = new Exchange();
        var secret = exchange.Folder.Write("secret", [42]);
        var source = exchange.Tree(("a", [1]), ("sub/b", [2]));
        File.CreateSymbolicLink(Path.Combine(source.Location, "link"), secret);
        Directory.CreateSymbolicLink(Path.Combine(source.Location, "up"), exchange.Folder.Path);
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(source.Location, "pipe")]))
        {
            await pipe.WaitForExitAsync();
        }

        var manifest = (await exchange.Sources.DescribeAsync(source, null, default)).Value;
        Assert.Equal(["a", "sub/b"], manifest.Files.Select(f => f.Path));
        var piped = await exchange.Sources.DescribeAsync(new DataSource("file", Path.Combine(source.Location, "pipe")), null, default);
        Assert.Equal("source-unreadable", piped.Refusal?.Code);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task A_resume_point_outside_of_the_dataset_is_refused(int file, int chunk)
    {
        using var exchange = new Exchange();
        var source = exchange.File(Exchange.Bytes(2 * Chunk));
        var manifest = (await exchange.Sources.DescribeAsync(source, null, default)).Value;
        var broken = await Assert.ThrowsAsync<ExchangeBrokenException>(async () => await ReadAsync(exchange.Sources, source, manifest, new ResumePoint(file, chunk)));
        Assert.Equal(RefusalKind.Malformed, broken.Refusal.Kind);
    }

    [Fact]
    public async Task A_source_that_is_missing_or_of_an_unknown_kind_is_a_refusal()
    {
        using var exchange = new Exchange();
        Assert.Equal("source-unreadable", (await exchange.Sources.DescribeAsync(new DataSource("file", exchange.Folder["none"]), null, default)).Refusal?.Code);
        Assert.Equal("source-unreadable", (await exchange.Sources.DescribeAsync(new DataSource("folder", exchange.Folder["none"]), null, default)).Refusal?.Code);
        Assert.Equal("source", (await exchange.Sources.DescribeAsync(new DataSource("ftp", "x"), null, default)).Refusal?.Field);
    }

    private static bool Same(Manifest one, Manifest other) => one.Files[0].Sha256.Span.SequenceEqual(other.Files[0].Sha256.Span);

    private static async Task ReadAsync(DataSources sources, DataSource source, Manifest manifest, ResumePoint from = default)
    {
        await foreach (var piece in sources.ReadAsync(source, manifest, from, default))
        {
            Assert.InRange(piece.Bytes.Length, 1, 64 * 1024);
        }
    }
}

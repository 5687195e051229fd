using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Tests;

public sealed class HostileManifestTests
{
    private const int Chunk = 1 << 20;

    [Theory]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/x")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task A_path_that_leads_elsewhere_is_refused(string path) =>
        await RefusedAsync("files[0].path", m => m with { Files = [m.Files[0] with { Path = path }] });

    [Fact]
    public async Task A_path_that_is_not_valid_Unicode_is_refused() =>
        await RefusedAsync("files[0].path", m => m with { Files = [m.Files[0] with { Path = "a\ud800" }] });

    [Fact]
    public async Task A_path_that_is_too_long_is_refused()
    {
        await RefusedAsync("files[0].path", m => m with { Files = [m.Files[0] with { Path = new string('a', 256) }] });
        await RefusedAsync("files[0].path", m => m with { Files = [m.Files[0] with { Path = string.Join('/', Enumerable.Repeat("abc", 300)) }] });
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    [InlineData("A", "a")]
    [InlineData("a", "a/b")]
    [InlineData("A/x", "a/y")]
    public async Task Paths_that_clash_or_are_out_of_order_are_refused(string first, string second) =>
        await RefusedAsync("files[1].path", m => m with { Files = [m.Files[0] with { Path = first }, m.Files[0] with { Path = second }] });

    [Fact]
    public async Task A_size_that_the_hashes_do_not_cover_is_refused()
    {
        await RefusedAsync("files[0].chunkHashes", m => m with { Files = [m.Files[0] with { Size = m.Files[0].Size + Chunk }] });
        await RefusedAsync("files[0].chunkHashes", m => m with { Files = [m.Files[0] with { Size = long.MaxValue }] });
        await RefusedAsync("files[0].chunkHashes", m => m with { Files = [m.Files[0] with { ChunkHashes = m.Files[0].ChunkHashes[1..] }] });
        await RefusedAsync("files[0].size", m => m with { Files = [m.Files[0] with { Size = -1 }] });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1024)]
    [InlineData(512)]
    [InlineData(1_000_000)]
    public async Task A_chunk_size_out_of_bounds_is_refused(int size) =>
        await RefusedAsync("files[0].chunkSize", m => m with { Files = [m.Files[0] with { ChunkSize = size }] });

    [Fact]
    public async Task Hashes_that_do_not_fit_each_other_are_refused()
    {
        await RefusedAsync("files[0].treeRoot", m => m with { Files = [m.Files[0] with { TreeRoot = new byte[32] }] });
        await RefusedAsync("files[0].sha256", m => m with { Files = [m.Files[0] with { Sha256 = new byte[31] }] });
    }

    [Fact]
    public async Task Too_many_files_are_refused() =>
        await RefusedAsync("files", m => m with { Files = [.. Enumerable.Repeat(m.Files[0], ManifestRules.MostFiles + 1)] });

    [Fact]
    public async Task A_content_type_with_a_line_break_is_refused() =>
        await RefusedAsync("contentType", m => m with { ContentType = "text/plain\r\nX: y" });

    [Fact]
    public async Task A_whole_file_hash_that_contradicts_the_chunks_leaves_nothing_in_place()
    {
        using var exchange = new Exchange();
        var stream = new SourceStream(exchange.Sources, exchange.File(Exchange.Bytes(3 * Chunk))) { Change = m => m with { Files = [m.Files[0] with { Sha256 = new byte[32] }] } };
        Assert.Equal("file-mismatch", (await exchange.ReceiveAsync(stream)).Refusal?.Code);
        Assert.False(Path.Exists(exchange.Target));
    }

    [Fact]
    public async Task Changed_bytes_are_refused_by_chunk_and_nothing_after_the_last_good_chunk_is_kept()
    {
        using var exchange = new Exchange();
        var stream = new SourceStream(exchange.Sources, exchange.File(Exchange.Bytes(5 * Chunk)))
        {
            ChangePiece = p => p.Chunk == 2 && p.EndsChunk ? p with { Bytes = new byte[p.Bytes.Length] } : p,
        };
        var refusal = (await exchange.ReceiveAsync(stream)).Refusal!;
        Assert.Equal("chunk-mismatch", refusal.Code);
        Assert.Contains("chunk 2 of 'source.bin'", refusal.Message, StringComparison.Ordinal);
        Assert.NotEqual(RefusalKind.Unavailable, refusal.Kind);
        Assert.False(Path.Exists(exchange.Target));
        Assert.Equal(2 * Chunk, new FileInfo(Path.Combine(exchange.Folder["in"], Assert.Single(exchange.Beside()), "content")).Length);
    }

    [Fact]
    public async Task Pieces_repeated_misnumbered_or_cut_wrong_are_refused()
    {
        Func<Piece, Piece>[] lies =
        [
            p => p.Chunk == 1 ? p with { Chunk = 0 } : p,
            p => p.Chunk == 1 ? p with { Chunk = 2 } : p,
            p => p with { File = 1 },
            p => p with { File = -1 },
            p => p with { EndsChunk = true },
            p => p with { EndsChunk = false },
            p => p with { Bytes = default },
            p => p.Chunk == 1 ? p with { Bytes = new byte[Chunk + 1] } : p,
        ];
        foreach (var lie in lies)
        {
            using var exchange = new Exchange();
            var stream = new SourceStream(exchange.Sources, exchange.File(Exchange.Bytes(2 * Chunk))) { ChangePiece = lie };
            Assert.Equal("piece-out-of-order", (await exchange.ReceiveAsync(stream)).Refusal?.Code);
            Assert.False(Path.Exists(exchange.Target));
        }
    }

    private static async Task RefusedAsync(string field, Func<Manifest, Manifest> change)
    {
        using var exchange = new Exchange();
        var stream = new SourceStream(exchange.Sources, exchange.File(Exchange.Bytes(Chunk + 1))) { Change = change };
        var refusal = (await exchange.ReceiveAsync(stream, exchange.Target + "/")).Refusal;
        Assert.Equal(("manifest-invalid", field), (refusal?.Code, refusal?.Field));
        Assert.Empty(stream.Asked);
        Assert.False(Path.Exists(exchange.Folder["in"]));
    }
}

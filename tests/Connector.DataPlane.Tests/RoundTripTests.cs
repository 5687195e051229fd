using System.Security.Cryptography;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Tests;

public sealed class RoundTripTests
{
    private const int Chunk = 1 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((3 * Chunk) + 4711)]
    public async Task A_file_arrives_as_it_was(int size)
    {
        using var exchange = new Exchange();
        var content = Exchange.Bytes(size);
        var received = (await exchange.ReceiveAsync(exchange.Stream(exchange.File(content)))).Value;
        Assert.Equal(content, await File.ReadAllBytesAsync(exchange.Target));
        Assert.Equal(exchange.Target, received.Location);
        Assert.Equal(SHA256.HashData(content), received.Manifest.Files[0].Sha256.ToArray());
        Assert.Equal((size + Chunk - 1) / Chunk, received.Manifest.Files[0].ChunkCount);
        Assert.Equal(["target"], exchange.Beside());
    }

    [Fact]
    public async Task A_folder_arrives_as_it_was_with_empty_files_depth_and_any_script()
    {
        using var exchange = new Exchange();
        (string Path, byte[] Content)[] files =
        [
            ("a-empty", []), ("b/コイル/炭素.json", Exchange.Bytes(10)), ("b/empty", []), ("big", Exchange.Bytes((2 * Chunk) + 3)), ("c/d/e/f", Exchange.Bytes(Chunk)), ("z", []), ("ü.csv", Exchange.Bytes(5)), ("🙂", [1]),
        ];
        await exchange.ReceiveAsync(exchange.Stream(exchange.Tree(files)));
        foreach (var (path, content) in files)
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(exchange.Target, path)));
        }

        Assert.Equal(files.Length, Directory.GetFiles(exchange.Target, "*", SearchOption.AllDirectories).Length);
        Assert.Equal(["target"], exchange.Beside());
    }

    [Fact]
    public async Task A_folder_of_thousands_of_files_arrives()
    {
        using var exchange = new Exchange();
        var files = Enumerable.Range(0, 3000).Select(i => ($"{i % 10}/{i:d5}", Exchange.Bytes(i % 97, i))).ToArray();
        var received = (await exchange.ReceiveAsync(exchange.Stream(exchange.Tree(files)))).Value;
        Assert.Equal(3000, received.Manifest.Files.Length);
        Assert.All(files, f => Assert.Equal(f.Item2, File.ReadAllBytes(Path.Combine(exchange.Target, f.Item1))));
    }

    [Fact]
    public async Task A_folder_of_one_file_and_an_empty_folder_stay_folders()
    {
        using var one = new Exchange();
        await one.ReceiveAsync(one.Stream(one.Tree(("only", [1, 2]))));
        Assert.Equal([1, 2], await File.ReadAllBytesAsync(Path.Combine(one.Target, "only")));

        using var none = new Exchange();
        var received = await none.ReceiveAsync(none.Stream(none.Tree()));
        Assert.Null(received.Refusal);
        Assert.Empty(Directory.GetFileSystemEntries(none.Target));
    }

    [Fact]
    public async Task A_file_put_into_an_existing_folder_keeps_its_name()
    {
        using var exchange = new Exchange();
        Directory.CreateDirectory(exchange.Target);
        var received = (await exchange.ReceiveAsync(exchange.Stream(exchange.File([1, 2, 3], "コイル.json")))).Value;
        Assert.Equal(Path.Combine(exchange.Target, "コイル.json"), received.Location);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(received.Location));
    }

    [Fact]
    public async Task Progress_ends_at_the_whole()
    {
        using var exchange = new Exchange();
        var progress = new Kept();
        await exchange.ReceiveAsync(exchange.Stream(exchange.File(Exchange.Bytes(Chunk + 9))), progress: progress);
        Assert.Equal([0, Chunk, Chunk + 9], progress.Told.Select(p => p.Bytes));
        Assert.All(progress.Told, p => Assert.Equal(Chunk + 9, p.Total));
    }

    [Theory]
    [InlineData("a.json", "application/json")]
    [InlineData("A.CSV", "text/csv")]
    [InlineData("a.xml", "application/xml")]
    [InlineData("a.pdf", "application/pdf")]
    [InlineData("a.parquet", "application/vnd.apache.parquet")]
    [InlineData("a", "application/octet-stream")]
    public void The_content_type_follows_the_extension(string name, string type) => Assert.Equal(type, ContentTypes.Of(name));

    private sealed class Kept : IProgress<ExchangeProgress>
    {
        public List<ExchangeProgress> Told { get; } = [];

        public void Report(ExchangeProgress value) => Told.Add(value);
    }
}

using Connector.Cli.Local.Demo;

namespace Connector.Cli.Tests.Local.Demo;

public sealed class SyntheticDatasetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData((1 << 20) - 1)]
    [InlineData((3 << 20) + 17)]
    public async Task The_file_has_the_size_and_the_hash_that_are_told(long size)
    {
        using var folder = new TemporaryFolder();

        var hash = await SyntheticDataset.WriteAsync(folder.Sub("a"), size, new Random(7), TestContext.Current.CancellationToken);

        Assert.Equal(size, new FileInfo(folder.Sub("a")).Length);
        Assert.Equal(Convert.ToHexStringLower(hash), await Exhibit.HashAsync(folder.Sub("a"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_two_blocks_are_equal()
    {
        using var folder = new TemporaryFolder();

        await SyntheticDataset.WriteAsync(folder.Sub("a"), 8 << 20, new Random(7), TestContext.Current.CancellationToken);

        var blocks = (await File.ReadAllBytesAsync(folder.Sub("a"), TestContext.Current.CancellationToken)).Chunk(1 << 20).Select(b => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(b)));
        Assert.Equal(8, blocks.Distinct().Count());
    }
}

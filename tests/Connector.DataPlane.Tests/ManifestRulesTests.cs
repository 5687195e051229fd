using System.Collections.Immutable;
using System.Security.Cryptography;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Tests;

/// <summary>Which manifests are believed, to the last byte, and what is said of the others.</summary>
public sealed class ManifestRulesTests
{
    private const int Chunk = 1024;

    [Theory]
    [InlineData(true)]
    [InlineData(false, "a")]
    [InlineData(true, "a/b")]
    [InlineData(true, "a", "b")]
    public void A_manifest_is_of_a_folder_when_it_is_not_of_one_file_by_its_bare_name(bool folder, params string[] paths)
    {
        Assert.Equal(folder, ManifestRules.IsFolder(Of(paths)));
        Assert.True(ManifestRules.IsFolder(Of(paths) with { ContentType = ContentTypes.Folder }));
    }

    [Fact]
    public void What_is_true_is_believed()
    {
        Assert.Null(Fault());
        Assert.Null(Fault(File("a", 0)));
        Assert.Null(Fault(File("a", 1), File("b", Chunk), File("c", Chunk + 1), File("d", 3 * Chunk)));
        Assert.Null(Fault(File("a", (1L << 30) + 1, 1 << 30)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain\r\nX: y")]
    [InlineData("text/plain\u001f")]
    [InlineData("text/plain\u007f")]
    [InlineData("text/plän")]
    public void A_content_type_is_printable_ASCII(string type)
    {
        Said(Of("a") with { ContentType = type }, "contentType", "contentType is empty, longer than 255 characters or not printable ASCII");
        Assert.Null(ManifestRules.Check(Of("a") with { ContentType = "text/plain; ~" }));
    }

    [Fact]
    public void A_content_type_is_at_most_255_characters()
    {
        Assert.Null(ManifestRules.Check(Of("a") with { ContentType = new string('a', 255) }));
        Said(Of("a") with { ContentType = new string('a', 256) }, "contentType", "longer than 255 characters");
        Said(Of("a") with { ContentType = null! }, "contentType", "is empty");
    }

    [Fact]
    public void A_dataset_has_at_most_100_000_files()
    {
        var files = Enumerable.Range(0, ManifestRules.MostFiles + 1).Select(i => File($"{i:D6}", 0)).ToImmutableArray();

        Assert.Null(Fault([.. files[..^1]]));
        Said(new Manifest("text/csv", files), "files", "files are missing or more than 100000");
        Said(new Manifest("text/csv", default), "files", "files are missing or more than 100000");
    }

    [Fact]
    public void A_path_at_fault_is_told_with_its_place() =>
        Said(Of("a", "b/../c"), "files[1].path", "files[1].path holds an empty part");

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("a", "B")]
    public void Paths_are_unique_and_in_ordinal_order(string first, string second) =>
        Said(Of("A", first, second), "files[2].path", $"'{second}' is not after the path before it: paths are unique and in ordinal order");

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_size_is_not_below_zero(long size) =>
        Said(Of(File("a", 1) with { Size = size }), "files[0].size", $"is {size}, below 0");

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(1000)]
    [InlineData(1025)]
    [InlineData(1536)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_chunk_size_is_a_power_of_two_from_1024_on(int size) =>
        Said(Of(File("a", 1) with { ChunkSize = size }), "files[0].chunkSize", $"is {size}, not a power of two from 1024 on");

    [Fact]
    public void A_file_has_a_hash_for_each_chunk()
    {
        var file = File("a", (2 * Chunk) + 1);

        foreach (var length in (int[])[0, 64, 95, 97, 128])
        {
            Said(Of(file with { ChunkHashes = new byte[length] }), "files[0].chunkHashes", $"are {length} bytes, where a file of 2049 bytes in chunks of 1024 needs 32 for each of 3 chunks");
        }
    }

    [Fact]
    public void A_file_has_at_most_65_536_chunks()
    {
        Assert.Null(Fault(File("a", 65_536L * Chunk)));
        Said(Of(File("a", (65_536L * Chunk) + 1)), "files[0].chunkHashes", "each of 65537 chunks, of which at most 65536 may be");
    }

    [Fact]
    public void All_files_have_at_most_1_048_576_chunks()
    {
        var file = File("a", 65_536L * Chunk);
        var sixteen = Enumerable.Range(0, 16).Select(i => file with { Path = $"{i:D2}" }).ToImmutableArray();

        Assert.Null(Fault([.. sixteen]));
        Said(Of([.. sixteen, File("99", 1)]), "files", "are too large: at most 1048576 chunks in all");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_hash_of_a_file_is_32_bytes(int length) =>
        Said(Of(File("a", 2 * Chunk) with { Sha256 = new byte[length] }), "files[0].sha256", $"is {length} bytes, not 32");

    [Fact]
    public void The_hash_of_a_file_is_that_of_its_only_chunk()
    {
        Said(Of(File("a", Chunk) with { Sha256 = SHA256.HashData([]) }), "files[0].sha256", "differs from the hash of the file's only chunk");
        Assert.Null(Fault(File("a", Chunk + 1) with { Sha256 = SHA256.HashData([]) }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_tree_s_root_is_that_over_its_chunks(int chunks)
    {
        Said(Of(File("a", chunks * Chunk) with { TreeRoot = new byte[32] }), "files[0].treeRoot", "is not the root over the chunk hashes");
        Said(Of(File("a", chunks * Chunk) with { TreeRoot = default }), "files[0].treeRoot", "is not the root over the chunk hashes");
    }

    [Theory]
    [InlineData("A", "a", "A")]
    [InlineData("a", "a/b", "a")]
    [InlineData("a/b", "a/b/c", "a/b")]
    [InlineData("A", "a/b", "A")]
    [InlineData("A/x", "a/y", "A")]
    [InlineData("x/A/1", "x/a/2", "x/A")]
    [InlineData("É", "é", "É")]
    [InlineData("A/b", "a", "A")]
    public void Two_names_that_are_one_on_some_system_clash(string first, string second, string clash) =>
        Said(Of("!", first, second), "files[2].path", $"'{second}' clashes with '{clash}' where case is ignored, or is both file and folder");

    [Fact]
    public void Files_of_one_folder_do_not_clash() =>
        Assert.Null(ManifestRules.Check(Of("a/b/c", "a/b/d", "a/bb", "a/e/c", "b", "c/a")));

    private static Manifest Of(params string[] paths) => new("text/csv", [.. paths.Select(p => File(p, 1))]);

    private static Manifest Of(params ManifestFile[] files) => new("text/csv", [.. files]);

    private static Refusal? Fault(params ManifestFile[] files) => ManifestRules.Check(Of(files));

    private static ManifestFile File(string path, long size, int chunk = Chunk)
    {
        var hashes = new byte[((size / chunk) + (size % chunk == 0 ? 0 : 1)) * 32];
        var whole = hashes.Length == 32 ? hashes : SHA256.HashData(hashes);
        return new ManifestFile(path, size, whole, chunk, hashes, ChunkTree.Root(hashes));
    }

    private static void Said(Manifest manifest, string field, string message)
    {
        var refusal = ManifestRules.Check(manifest);
        Assert.Equal((RefusalKind.Malformed, "manifest-invalid", field), (refusal?.Kind, refusal?.Code, refusal?.Field));
        Assert.Contains(message, refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("publish the dataset again", refusal.Mend, StringComparison.Ordinal);
    }
}

using System.Security.Cryptography;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Tests;

public sealed class ChunkTreeTests
{
    [Fact]
    public void No_chunks_hash_to_the_hash_of_nothing() => Assert.Equal(SHA256.HashData([]), ChunkTree.Root([]));

    [Fact]
    public void Three_chunks_make_a_tree_of_two_and_one()
    {
        byte[] a = Exchange.Bytes(32, 1), b = Exchange.Bytes(32, 2), c = Exchange.Bytes(32, 3);
        static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);
        static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
        Assert.Equal(Leaf(a), ChunkTree.Root(a));
        Assert.Equal(Node(Node(Leaf(a), Leaf(b)), Leaf(c)), ChunkTree.Root([.. a, .. b, .. c]));
        Assert.Equal(Node(Node(Leaf(a), Leaf(b)), Node(Leaf(c), Leaf(a))), ChunkTree.Root([.. a, .. b, .. c, .. a]));
    }

    [Theory]
    [InlineData(0L, 1 << 20)]
    [InlineData(1L << 36, 1 << 20)]
    [InlineData((1L << 36) + 1, 1 << 21)]
    [InlineData(1L << 40, 1 << 24)]
    public void Chunks_grow_only_where_there_would_be_too_many(long size, int chunk) => Assert.Equal(chunk, Chunking.SizeFor(size));
}

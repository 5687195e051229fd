using System.Security.Cryptography;

namespace Connector.DataPlane.Manifests;

/// <summary>
/// The tree over a file's chunks, hashed as in RFC 6962 section 2.1. Its entries are the chunks' SHA-256 hashes, so that a root can be
/// recomputed from a manifest without the bytes.
/// </summary>
public static class ChunkTree
{
    /// <summary>The root, 32 bytes, over hashes of 32 bytes each, one after the other.</summary>
    public static byte[] Root(ReadOnlySpan<byte> chunkHashes)
    {
        var root = new byte[Chunking.HashSize];
        if (chunkHashes.IsEmpty)
        {
            SHA256.HashData([], root);
        }
        else
        {
            Hash(chunkHashes, root);
        }

        return root;
    }

    private static void Hash(ReadOnlySpan<byte> entries, Span<byte> into)
    {
        const int Size = Chunking.HashSize;
        var count = entries.Length / Size;
        Span<byte> node = stackalloc byte[1 + (2 * Size)];
        if (count == 1)
        {
            node[0] = 0;
            entries.CopyTo(node[1..]);
            SHA256.HashData(node[..(1 + Size)], into);
            return;
        }

        // The left half is the largest power of two that is smaller than the count.
        var left = (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2);
        node[0] = 1;
        Hash(entries[..(left * Size)], node.Slice(1, Size));
        Hash(entries[(left * Size)..], node.Slice(1 + Size, Size));
        SHA256.HashData(node, into);
    }
}

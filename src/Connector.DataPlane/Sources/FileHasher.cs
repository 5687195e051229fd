using System.Buffers;
using Connector.DataPlane.Files;
using Connector.DataPlane.Manifests;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Sources;

/// <summary>Hashes a file from front to back with memory that does not depend on its size.</summary>
internal static class FileHasher
{
    private const int BlockSize = 256 * 1024;

    /// <exception cref="IOException">The file changed meanwhile.</exception>
    public static FileHashes Hash(SafeFileHandle handle, FileStamp stamp, CancellationToken cancel)
    {
        var chunkSize = Chunking.SizeFor(stamp.Size);
        var count = Chunking.Count(stamp.Size, chunkSize);
        if (count > Chunking.MostChunks)
        {
            throw new IOException("the file is larger than any dataset may be");
        }

        var hashes = new byte[count * Chunking.HashSize];
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            using var digest = new FileDigest(stamp.Size, chunkSize);
            var offset = 0L;
            for (var chunk = 0; chunk < count; chunk++)
            {
                cancel.ThrowIfCancellationRequested();
                for (var left = Chunking.Length(stamp.Size, chunkSize, chunk); left > 0;)
                {
                    var read = RandomAccess.Read(handle, block.AsSpan(0, Math.Min(left, BlockSize)), offset);
                    if (read == 0)
                    {
                        throw new IOException("the file became shorter while it was read");
                    }

                    digest.Append(block.AsSpan(0, read));
                    offset += read;
                    left -= read;
                }

                digest.EndChunk().CopyTo(hashes.AsSpan(chunk * Chunking.HashSize));
            }

            return FileStamp.Of(handle) == stamp
                ? new FileHashes(chunkSize, digest.EndFile(), hashes, ChunkTree.Root(hashes))
                : throw new IOException("the file changed while it was read");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}

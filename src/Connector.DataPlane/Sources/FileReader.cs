using System.Buffers;
using System.Runtime.CompilerServices;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Files;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Sources;

/// <summary>Reads one file piece by piece; while a block is on its way the next is read ahead.</summary>
internal static class FileReader
{
    /// <summary>Most bytes of a piece.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>Divides every chunk size this connector chooses, so that no block crosses a chunk.</summary>
    private const int BlockSize = 256 * 1024;

    /// <exception cref="IOException">The file is no longer as it was when opened.</exception>
    public static async IAsyncEnumerable<Piece> ReadAsync(SafeFileHandle handle, FileStamp stamp, int index, ManifestFile file, int fromChunk, [EnumeratorCancellation] CancellationToken cancel)
    {
        var current = ArrayPool<byte>.Shared.Rent(BlockSize);
        var ahead = ArrayPool<byte>.Shared.Rent(BlockSize);
        var offset = (long)fromChunk * file.ChunkSize;
        var reading = Task.FromResult(Fill(handle, stamp, current, offset, file));
        try
        {
            while (offset < file.Size)
            {
                cancel.ThrowIfCancellationRequested();
                var length = await reading;
                var next = offset + length;
                var (target, from) = (ahead, next);
                reading = next < file.Size ? Task.Run(() => Fill(handle, stamp, target, from, file), CancellationToken.None) : Task.FromResult(0);
                for (var at = 0; at < length; at += PieceSize)
                {
                    var size = Math.Min(PieceSize, length - at);
                    var end = offset + at + size;
                    yield return new Piece(index, (int)((offset + at) / file.ChunkSize), current.AsMemory(at, size), end == file.Size || end % file.ChunkSize == 0);
                }

                offset = next;
                (current, ahead) = (ahead, current);
            }
        }
        finally
        {
            // A buffer goes back to the pool only once nobody fills it any more.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(ahead);
        }
    }

    private static int Fill(SafeFileHandle handle, FileStamp stamp, byte[] block, long offset, ManifestFile file)
    {
        var toChunkEnd = file.ChunkSize - (offset % file.ChunkSize);
        var wanted = (int)Math.Min(Math.Min(BlockSize, toChunkEnd), file.Size - offset);
        for (var filled = 0; filled < wanted;)
        {
            var read = RandomAccess.Read(handle, block.AsSpan(filled, wanted - filled), offset + filled);
            if (read == 0)
            {
                throw DataSources.Changed(file.Path);
            }

            filled += read;
        }

        return FileStamp.Of(handle) == stamp ? wanted : throw DataSources.Changed(file.Path);
    }
}

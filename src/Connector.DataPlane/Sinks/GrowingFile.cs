using System.Buffers;
using System.Security.Cryptography;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Sinks;

/// <summary>One file while it is received.</summary>
/// <remarks>
/// A byte that comes in is hashed once, for the whole file. The hashes of chunks are needed only to pick up after a break, and to find
/// what is wrong when the whole is.
/// </remarks>
internal sealed class GrowingFile : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private readonly ManifestFile _file;
    private readonly SafeFileHandle _handle;
    private readonly UncachedWrites _writes;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public GrowingFile(string path, ManifestFile file, FileMode mode)
    {
        _file = file;
        _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read);
        _writes = new UncachedWrites(_handle, file.Size);
    }

    /// <summary>How much of it is there.</summary>
    public long Length { get; private set; }

    public bool Complete => Length == _file.Size;

    /// <summary>Keeps the good chunks of what an earlier call left, and cuts off the rest.</summary>
    public void Resume(CancellationToken cancel)
    {
        var good = (long)GoodChunks(cancel) * _file.ChunkSize;
        Length = Math.Min(good, _file.Size);
        RandomAccess.SetLength(_handle, Length);
        Read(0, Length, _whole.AppendData, cancel);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _writes.Write(bytes, Length);
        _whole.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>Checks the whole. What is not right is cut off, from its first bad chunk on.</summary>
    /// <param name="durable">Whether it must be on the disk on return.</param>
    public Refusal? Finish(bool durable, CancellationToken cancel)
    {
        _writes.End();
        if (_whole.GetHashAndReset().AsSpan().SequenceEqual(_file.Sha256.Span))
        {
            if (durable)
            {
                RandomAccess.FlushToDisk(_handle);
            }

            return null;
        }

        var good = GoodChunks(cancel);
        var contradictory = good == _file.ChunkCount;
        RandomAccess.SetLength(_handle, contradictory ? 0 : (long)good * _file.ChunkSize);
        return contradictory ? SinkRefusals.FileMismatch(_file) : SinkRefusals.ChunkMismatch(_file, good);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _whole.Dispose();
    }

    /// <summary>How many chunks from the first on are whole and right.</summary>
    private int GoodChunks(CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = Math.Min(_file.Size, RandomAccess.GetLength(_handle));
        Span<byte> found = stackalloc byte[Chunking.HashSize];
        for (var chunk = 0; chunk < _file.ChunkCount; chunk++)
        {
            var from = (long)chunk * _file.ChunkSize;
            var end = from + Chunking.Length(_file.Size, _file.ChunkSize, chunk);
            if (end > length)
            {
                return chunk;
            }

            Read(from, end, hash.AppendData, cancel);
            hash.GetHashAndReset(found);
            if (!found.SequenceEqual(_file.ChunkHashes.Span.Slice(chunk * Chunking.HashSize, Chunking.HashSize)))
            {
                return chunk;
            }
        }

        return _file.ChunkCount;
    }

    private void Read(long from, long to, Action<ReadOnlySpan<byte>> take, CancellationToken cancel)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (var at = from; at < to;)
            {
                cancel.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(_handle, block.AsSpan(0, (int)Math.Min(BlockSize, to - at)), at);
                if (read == 0)
                {
                    throw new IOException("what was received became shorter while it was read");
                }

                take(block.AsSpan(0, read));
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}

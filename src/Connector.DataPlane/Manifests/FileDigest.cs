using System.Security.Cryptography;

namespace Connector.DataPlane.Manifests;

/// <summary>Hashes a file as its bytes go by: each chunk, and the whole. A file of one chunk is hashed once.</summary>
internal sealed class FileDigest : IDisposable
{
    private readonly IncrementalHash _chunk;
    private readonly IncrementalHash? _whole;
    private readonly byte[] _last = new byte[Chunking.HashSize];
    private bool _any;

    public FileDigest(long size, int chunkSize)
    {
        _chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _whole = size <= chunkSize ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _chunk.AppendData(bytes);
        _whole?.AppendData(bytes);
    }

    /// <summary>The hash of the chunk that ends here; valid until the next one ends.</summary>
    public ReadOnlySpan<byte> EndChunk()
    {
        _any = true;
        _chunk.GetHashAndReset(_last);
        return _last;
    }

    /// <summary>The hash of the whole, once its last chunk has ended.</summary>
    public byte[] EndFile() => _whole?.GetHashAndReset() ?? (_any ? [.. _last] : SHA256.HashData([]));

    public void Dispose()
    {
        _chunk.Dispose();
        _whole?.Dispose();
    }
}

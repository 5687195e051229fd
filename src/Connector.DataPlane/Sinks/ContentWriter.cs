using System.Buffers;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Sinks;

/// <summary>Writes a dataset's files in the manifest's order and checks each chunk and each whole file as it ends.</summary>
internal sealed class ContentWriter(string content, Manifest manifest, bool folder) : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private SafeFileHandle? _handle;
    private FileDigest? _digest;
    private int _file;
    private long _offset;

    /// <summary>Bytes of the dataset that are written and right, or on the way to it.</summary>
    public long Written { get; private set; }

    /// <summary>The next whole chunk that is wanted.</summary>
    public ResumePoint Point => new(_file, _file < manifest.Files.Length ? (int)(_offset / manifest.Files[_file].ChunkSize) : 0);

    /// <summary>Checks what an earlier call left, keeps its good chunks and goes on behind the last of them.</summary>
    public Refusal? Resume(CancellationToken cancel)
    {
        while (_file < manifest.Files.Length && File.Exists(PathOf(manifest.Files[_file])))
        {
            var file = manifest.Files[_file];
            Open(file, FileMode.Open);
            Recheck(file, cancel);
            if (_offset < file.Size)
            {
                RandomAccess.SetLength(_handle!, _offset);
                return null;
            }

            RandomAccess.SetLength(_handle!, file.Size);
            if (CloseFile(file) is { } refusal)
            {
                return refusal;
            }
        }

        return Advance();
    }

    /// <summary>Takes the next bytes; they belong where <see cref="Point"/> and the bytes since are.</summary>
    public Refusal? Append(ReadOnlySpan<byte> bytes, bool endsChunk)
    {
        var file = manifest.Files[_file];
        RandomAccess.Write(_handle!, bytes, _offset);
        _digest!.Append(bytes);
        _offset += bytes.Length;
        Written += bytes.Length;
        if (!endsChunk)
        {
            return null;
        }

        var chunk = (int)((_offset - 1) / file.ChunkSize);
        if (!IsRight(file, chunk, _digest.EndChunk()))
        {
            RandomAccess.SetLength(_handle!, (long)chunk * file.ChunkSize);
            return SinkRefusals.ChunkMismatch(file, chunk);
        }

        return _offset < file.Size ? null : CloseFile(file) ?? Advance();
    }

    public bool Complete => _file == manifest.Files.Length;

    public void Dispose()
    {
        _handle?.Dispose();
        _digest?.Dispose();
    }

    private static bool IsRight(ManifestFile file, int chunk, ReadOnlySpan<byte> hash) =>
        hash.SequenceEqual(file.ChunkHashes.Span.Slice(chunk * Chunking.HashSize, Chunking.HashSize));

    /// <summary>Makes the files of no bytes that come next, and opens the first that has some.</summary>
    private Refusal? Advance()
    {
        while (_file < manifest.Files.Length)
        {
            var file = manifest.Files[_file];
            Open(file, FileMode.Create);
            if (file.Size > 0)
            {
                return null;
            }

            if (CloseFile(file) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private void Open(ManifestFile file, FileMode mode)
    {
        var path = PathOf(file);
        if (folder)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read);
        _digest = new FileDigest(file.Size, file.ChunkSize);
        _offset = 0;
    }

    private void Recheck(ManifestFile file, CancellationToken cancel)
    {
        var length = Math.Min(file.Size, RandomAccess.GetLength(_handle!));
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (var chunk = 0; chunk < file.ChunkCount; chunk++)
            {
                var end = _offset + Chunking.Length(file.Size, file.ChunkSize, chunk);
                if (end > length || !HashChunk(file, chunk, end, block, cancel))
                {
                    break;
                }

                Written += end - _offset;
                _offset = end;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private bool HashChunk(ManifestFile file, int chunk, long end, byte[] block, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Read(_offset, end, block, _digest!.Append);
        if (IsRight(file, chunk, _digest!.EndChunk()))
        {
            return true;
        }

        // The bad chunk's bytes are in the hash of the whole: take it again from the good ones ahead of them.
        _digest.Dispose();
        _digest = new FileDigest(file.Size, file.ChunkSize);
        Read(0, _offset, block, _digest.AppendKnown);
        return false;
    }

    private void Read(long from, long to, byte[] block, Action<ReadOnlySpan<byte>> take)
    {
        for (var at = from; at < to;)
        {
            var read = RandomAccess.Read(_handle!, block.AsSpan(0, (int)Math.Min(BlockSize, to - at)), at);
            if (read == 0)
            {
                return;
            }

            take(block.AsSpan(0, read));
            at += read;
        }
    }

    private Refusal? CloseFile(ManifestFile file)
    {
        var right = _digest!.EndFile().AsSpan().SequenceEqual(file.Sha256.Span);
        if (!right)
        {
            RandomAccess.SetLength(_handle!, 0);
        }
        else if (!folder)
        {
            RandomAccess.FlushToDisk(_handle!);
        }

        Dispose();
        (_handle, _digest) = (null, null);
        _file++;
        _offset = 0;
        return right ? null : SinkRefusals.FileMismatch(file);
    }

    private string PathOf(ManifestFile file) => folder ? Path.Combine(content, file.Path) : content;
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Connector.DataPlane.Files;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sources;

/// <summary>
/// Hashes of large files, kept in a folder over restarts. One file each: path, stamp and hashes, closed by a SHA-256 over all of it.
/// What does not fit, or belongs to another state of the file, is as good as absent.
/// </summary>
internal sealed class HashSidecars(string folder)
{
    private const int HeadSize = 4 + (8 * 4) + 4 + 32 + 32;
    private const int Mark = 0x43485331;

    public FileHashes? Find(string path, FileStamp stamp)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(NameOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var content = bytes.AsSpan(0, Math.Max(0, bytes.Length - 32));
        if (content.Length < HeadSize || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
        {
            return null;
        }

        var head = new byte[HeadSize];
        var chunkSize = BinaryPrimitives.ReadInt32BigEndian(content[36..]);
        WriteHead(head, path, stamp, chunkSize, content.Slice(40, 32));
        return content.StartsWith(head) && content.Length - HeadSize == Chunking.Count(stamp.Size, chunkSize) * Chunking.HashSize
            ? Read(content, chunkSize)
            : null;
    }

    /// <summary>Keeps hashes. Where the folder cannot be written they are computed again next time, which is all that is lost.</summary>
    public void Keep(string path, FileStamp stamp, FileHashes hashes)
    {
        var bytes = new byte[HeadSize + hashes.ChunkHashes.Length + 32];
        WriteHead(bytes, path, stamp, hashes.ChunkSize, hashes.Sha256);
        hashes.ChunkHashes.CopyTo(bytes, HeadSize);
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));
        var name = NameOf(path);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(name + ".new", bytes);
            File.Move(name + ".new", name, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static FileHashes Read(ReadOnlySpan<byte> content, int chunkSize)
    {
        var chunkHashes = content[HeadSize..].ToArray();
        return new FileHashes(chunkSize, content.Slice(40, 32).ToArray(), chunkHashes, ChunkTree.Root(chunkHashes));
    }

    private static void WriteHead(Span<byte> to, string path, FileStamp stamp, int chunkSize, ReadOnlySpan<byte> sha256)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, Mark);
        BinaryPrimitives.WriteInt64BigEndian(to[4..], stamp.Size);
        BinaryPrimitives.WriteInt64BigEndian(to[12..], stamp.Modified);
        BinaryPrimitives.WriteInt64BigEndian(to[20..], stamp.Device);
        BinaryPrimitives.WriteUInt64BigEndian(to[28..], stamp.Inode);
        BinaryPrimitives.WriteInt32BigEndian(to[36..], chunkSize);
        sha256.CopyTo(to[40..]);
        SHA256.HashData(Encoding.UTF8.GetBytes(path), to[72..]);
    }

    private string NameOf(string path) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 16)) + ".hashes");
}

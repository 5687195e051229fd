namespace Connector.DataPlane.Manifests;

/// <summary>How a file is cut into chunks: 1 MiB each, larger for huge files so that the leaves stay few.</summary>
public static class Chunking
{
    /// <summary>Most chunks that one file may have.</summary>
    public const int MostChunks = 65_536;

    /// <summary>Bytes of a SHA-256 hash.</summary>
    public const int HashSize = 32;

    private const int Smallest = 1 << 20;
    private const int Largest = 1 << 30;

    /// <summary>The chunk size, in bytes, that this connector chooses for a file: the smallest power of two from 1 MiB on that keeps to <see cref="MostChunks"/>.</summary>
    public static int SizeFor(long fileSize)
    {
        var size = (long)Smallest;
        while (size < Largest && fileSize > size * MostChunks)
        {
            size *= 2;
        }

        return (int)size;
    }

    /// <summary>Chunks of a file; a file of no bytes has none.</summary>
    public static long Count(long fileSize, int chunkSize) => (fileSize / chunkSize) + (fileSize % chunkSize == 0 ? 0 : 1);

    /// <summary>Bytes of one chunk.</summary>
    public static int Length(long fileSize, int chunkSize, int chunk) => (int)Math.Min(chunkSize, fileSize - ((long)chunk * chunkSize));
}

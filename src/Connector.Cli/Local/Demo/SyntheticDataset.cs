using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Connector.Cli.Local.Demo;

/// <summary>Makes a file of any size on the fly: random blocks, each numbered so that no two are equal, written as a stream.</summary>
internal static class SyntheticDataset
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Writes the file and answers its SHA-256.</summary>
    public static async Task<byte[]> WriteAsync(string path, long size, Random random, CancellationToken cancel)
    {
        var block = new byte[BlockBytes];
        random.NextBytes(block);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        for (var written = 0L; written < size; written += BlockBytes)
        {
            BinaryPrimitives.WriteInt64LittleEndian(block, written);
            var part = block.AsMemory(0, (int)Math.Min(BlockBytes, size - written));
            hash.AppendData(part.Span);
            await file.WriteAsync(part, cancel);
        }

        return hash.GetHashAndReset();
    }
}

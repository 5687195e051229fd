using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Tells whether two manifests are the same.</summary>
public static class ManifestDigest
{
    /// <summary>SHA-256, lower-case hex, over every field, each with its length ahead of it.</summary>
    public static string Of(Manifest manifest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(hash, manifest.ContentType);
        Number(hash, manifest.Files.Length);
        foreach (var file in manifest.Files)
        {
            Text(hash, file.Path);
            Number(hash, file.Size);
            Number(hash, file.ChunkSize);
            hash.AppendData(file.Sha256.Span);
            hash.AppendData(file.TreeRoot.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Text(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

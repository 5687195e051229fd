using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Connector.ControlPlane.Evidence;

/// <summary>How entries are hashed. Each field is length-prefixed, so that no two contents share one encoding.</summary>
public static class EvidenceChain
{
    private static readonly byte[] s_headDomain = "connector/evidence/head/v1"u8.ToArray();

    /// <summary>The hash that stands before the first entry.</summary>
    public static byte[] Genesis { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over previous hash, sequence, time, kind, subject, peer and payload.</summary>
    public static byte[] HashOf(long sequence, EvidenceDraft draft, ReadOnlySpan<byte> previousHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, previousHash);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        Append(hash, number);
        Append(hash, draft.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        Append(hash, draft.Kind.ToString());
        Append(hash, draft.Subject);
        Append(hash, draft.Peer);
        Append(hash, draft.Payload);
        return hash.GetHashAndReset();
    }

    /// <summary>What the head's signature covers; kept apart from entry hashes, so that an entry's signature is never a head's.</summary>
    public static byte[] HeadHash(long sequence, ReadOnlySpan<byte> lastHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, s_headDomain);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        Append(hash, number);
        Append(hash, lastHash);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Connector.Trust.Tokens;

/// <summary>What became of marking a token as used.</summary>
internal enum Use
{
    First,
    Again,

    /// <summary>No room without forgetting a live one.</summary>
    Full,
}

/// <summary>
/// Remembers which one-time tokens were used, until each has expired; memory is bounded, and a live one is never forgotten.
/// </summary>
/// <remarks>
/// Kept are keyed 64-bit hashes: two live tokens would share one with probability 10⁻¹³ at a million, which refuses a good call and
/// never lets a used one pass; and nobody outside can find such pairs. Entries lie by expiry, and a whole group goes at once.
/// </remarks>
internal sealed class UsedTokens
{
    private const int Shards = 16;
    private const int GroupSeconds = 10;
    private const int MaximumInput = 2 * 4096;

    private readonly Shard[] _shards;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(16);

    public UsedTokens(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _shards = [.. Enumerable.Range(0, Shards).Select(i => new Shard((capacity / Shards) + (i < capacity % Shards ? 1 : 0)))];
    }

    /// <summary>How many are remembered.</summary>
    public int Count => _shards.Sum(static shard => shard.Count);

    /// <summary>Marks the issuer's token as used until <paramref name="forgetAt"/>; times in seconds since 1970.</summary>
    public Use Mark(string issuer, string tokenId, long forgetAt, long now)
    {
        var hash = Hash(issuer, tokenId);
        return _shards[hash % Shards].Mark(hash, forgetAt / GroupSeconds, now / GroupSeconds);
    }

    private ulong Hash(string issuer, string tokenId)
    {
        var length = _key.Length + sizeof(int) + Encoding.UTF8.GetMaxByteCount(issuer.Length) + Encoding.UTF8.GetMaxByteCount(tokenId.Length);
        Span<byte> input = length <= MaximumInput ? stackalloc byte[length] : new byte[length];
        _key.CopyTo(input);
        BinaryPrimitives.WriteInt32LittleEndian(input[_key.Length..], issuer.Length);
        var at = _key.Length + sizeof(int);
        at += Encoding.UTF8.GetBytes(issuer, input[at..]);
        at += Encoding.UTF8.GetBytes(tokenId, input[at..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..at], hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private sealed class Shard(int capacity)
    {
        private readonly Lock _lock = new();
        private readonly List<(long Expires, HashSet<ulong> Hashes)> _groups = [];
        private int _count;

        public int Count
        {
            get
            {
                lock (_lock)
                    return _count;
            }
        }

        public Use Mark(ulong hash, long expiryGroup, long nowGroup)
        {
            lock (_lock)
            {
                HashSet<ulong>? group = null;
                for (var i = _groups.Count - 1; i >= 0; i--)
                {
                    var (expires, hashes) = _groups[i];
                    if (expires < nowGroup)
                    {
                        _count -= hashes.Count;
                        _groups.RemoveAt(i);
                    }
                    else if (hashes.Contains(hash))
                    {
                        return Use.Again;
                    }
                    else if (expires == expiryGroup)
                    {
                        group = hashes;
                    }
                }

                if (_count >= capacity)
                    return Use.Full;
                if (group is null)
                    _groups.Add((expiryGroup, group = []));
                group.Add(hash);
                _count++;
                return Use.First;
            }
        }
    }
}

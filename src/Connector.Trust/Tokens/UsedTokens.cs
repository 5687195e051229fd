using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Connector.Trust.Tokens;

/// <summary>What became of marking a token as used.</summary>
internal enum Use
{
    First,
    Again,

    /// <summary>No room for this issuer without forgetting a live one.</summary>
    Full,
}

/// <summary>
/// Remembers which one-time tokens, and which numbered calls of others, were used, until each token has expired; memory is bounded, and a
/// live one is never forgotten. An issuer may hold as many entries as are free, so who floods is refused by himself: one may take half of the
/// memory, and where n take all they can, n + 1 parts are equal, and the last is there for everybody else.
/// </summary>
/// <remarks>
/// An entry stands for a one-time token, or for 64 numbers in a row of one with numbers, a bit each. Its name is a keyed 64-bit hash: two live ones would
/// share one with probability 10⁻¹³ at a million, which refuses a good call and never lets a used one pass; and nobody outside can find such
/// pairs. Entries lie by expiry, and a whole group goes at once.
/// </remarks>
internal sealed class UsedTokens
{
    private const int GroupSeconds = 10;
    private const int CallBits = 6;
    private const int MaximumInput = 4096;

    private readonly int _capacity;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(16);

    // As many as there ever were peers in the documents: only what a known peer signed is marked.
    private readonly ConcurrentDictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private int _count;
    private long _sweptGroup;

    public UsedTokens(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>How many entries there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Marks the issuer's token as used until <paramref name="forgetAt"/>; times in seconds since 1970.</summary>
    /// <param name="call">The number of the call, for a token that has numbers; otherwise null, and this is its one use.</param>
    public Use Mark(string issuer, string tokenId, long? call, long forgetAt, long now)
    {
        var nowGroup = now / GroupSeconds;
        if (Volatile.Read(ref _sweptGroup) != nowGroup && Interlocked.Exchange(ref _sweptGroup, nowGroup) != nowGroup)
            Sweep(nowGroup);
        if (!_shares.TryGetValue(issuer, out var share))
            share = _shares.GetOrAdd(issuer, static (_, all) => new Share(all), this);
        return share.Mark(Hash(tokenId, call >> CallBits), 1UL << (int)((call ?? 0) & ((1 << CallBits) - 1)), forgetAt / GroupSeconds, nowGroup);
    }

    /// <summary>How many entries the issuer holds, and when the first of them are forgotten, seconds since 1970.</summary>
    public (int Count, long FreedAt) Of(string issuer, long now) =>
        _shares.TryGetValue(issuer, out var share) ? share.State(now) : (0, now);

    // Of peers that have gone quiet, whose tokens would otherwise stay and take the room of others.
    private void Sweep(long nowGroup)
    {
        foreach (var (_, share) in _shares)
            share.Forget(nowGroup);
    }

    /// <summary>Takes one entry for an issuer that holds so many; false where that is more than would be left.</summary>
    private bool Take(int held)
    {
        if (held <= _capacity - Interlocked.Increment(ref _count))
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    private ulong Hash(string tokenId, long? page)
    {
        var length = _key.Length + sizeof(long) + 1 + Encoding.UTF8.GetMaxByteCount(tokenId.Length);
        Span<byte> input = length <= MaximumInput ? stackalloc byte[length] : new byte[length];
        _key.CopyTo(input);
        var at = _key.Length;
        input[at++] = page is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(input[at..], page ?? 0);
        at += sizeof(long);
        at += Encoding.UTF8.GetBytes(tokenId, input[at..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..at], hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>What one issuer has used.</summary>
    private sealed class Share(UsedTokens all)
    {
        private readonly Lock _lock = new();
        private readonly List<(long Expires, Dictionary<ulong, ulong> Entries)> _groups = [];
        private int _count;

        public Use Mark(ulong hash, ulong bit, long expiryGroup, long nowGroup)
        {
            lock (_lock)
            {
                Dictionary<ulong, ulong>? group = null;
                for (var i = _groups.Count - 1; i >= 0; i--)
                {
                    var (expires, entries) = _groups[i];
                    if (expires < nowGroup)
                        Remove(i);
                    else if (entries.TryGetValue(hash, out var bits) && (bits & bit) != 0)
                        return Use.Again;
                    else if (expires == expiryGroup)
                        group = entries;
                }

                if (group is null || !group.ContainsKey(hash))
                {
                    if (!all.Take(_count))
                        return Use.Full;
                    _count++;
                    if (group is null)
                        _groups.Add((expiryGroup, group = []));
                }

                CollectionsMarshal.GetValueRefOrAddDefault(group, hash, out _) |= bit;
                return Use.First;
            }
        }

        public void Forget(long nowGroup)
        {
            lock (_lock)
            {
                for (var i = _groups.Count - 1; i >= 0; i--)
                {
                    if (_groups[i].Expires < nowGroup)
                        Remove(i);
                }
            }
        }

        public (int Count, long FreedAt) State(long now)
        {
            lock (_lock)
            {
                var first = _groups.Count == 0 ? now : (_groups.Min(static group => group.Expires) + 1) * GroupSeconds;
                return (_count, Math.Max(first, now));
            }
        }

        private void Remove(int index)
        {
            var gone = _groups[index].Entries.Count;
            _groups.RemoveAt(index);
            _count -= gone;
            Interlocked.Add(ref all._count, -gone);
        }
    }
}

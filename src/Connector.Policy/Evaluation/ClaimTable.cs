using System.Numerics;
using System.Runtime.InteropServices;

namespace Connector.Policies;

/// <summary>Claims laid out for constraints, hashed: made once for the facts, then asked by every constraint of every policy.</summary>
internal sealed class ClaimTable
{
    public static readonly ClaimTable Empty = new([]);

    private readonly Entry[] _entries;

    private ClaimTable(IReadOnlyCollection<KeyValuePair<string, Claim>> claims)
    {
        // At most half full, so that there is always an empty entry to end a search.
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)(2 * claims.Count) + 1)];
        foreach (var (name, claim) in claims)
        {
            var key = new HashedText(name);
            var at = key.Hash & (_entries.Length - 1);
            while (_entries[at].Claim is not null)
            {
                at = (at + 1) & (_entries.Length - 1);
            }

            _entries[at] = new Entry(key, claim);
        }
    }

    public static ClaimTable Of(IReadOnlyDictionary<string, Claim> claims) => claims.Count == 0 ? Empty : new ClaimTable(claims);

    /// <summary>The claim of a name; an empty entry when there is none.</summary>
    public ref readonly Entry Find(in HashedText name)
    {
        var entries = _entries;
        for (var at = name.Hash & (entries.Length - 1); ; at = (at + 1) & (entries.Length - 1))
        {
            ref readonly var entry = ref entries[at];
            if (entry.Claim is null || entry.Name.Is(in name))
            {
                return ref entry;
            }
        }
    }

    public readonly struct Entry(HashedText name, Claim claim)
    {
        public readonly HashedText Name = name;
        public readonly Claim? Claim = claim;

        /// <summary>What the claim states; null when it states nothing.</summary>
        public readonly HashedText[]? Values = claim.Values.IsDefaultOrEmpty ? null : Array.ConvertAll(ImmutableCollectionsMarshal.AsArray(claim.Values)!, v => new HashedText(v));
    }
}

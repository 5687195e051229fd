using System.Numerics;

namespace Connector.Policies;

/// <summary>Claims laid out for constraints that know the hash of their claim's name: made once for the facts, then asked by every constraint of every policy.</summary>
internal sealed class ClaimTable
{
    public static readonly ClaimTable Empty = new([]);

    private readonly (string? Name, Claim? Claim)[] _slots;

    private ClaimTable(IReadOnlyCollection<KeyValuePair<string, Claim>> claims)
    {
        // At most half full, so that there is always an empty slot to end a search.
        _slots = new (string?, Claim?)[BitOperations.RoundUpToPowerOf2((uint)(2 * claims.Count) + 1)];
        foreach (var (name, claim) in claims)
        {
            var at = Home(Hash(name));
            while (_slots[at].Name is not null)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            _slots[at] = (name, claim);
        }
    }

    public static ClaimTable Of(IReadOnlyDictionary<string, Claim> claims) => claims.Count == 0 ? Empty : new ClaimTable(claims);

    public static int Hash(string name) => name.GetHashCode(StringComparison.Ordinal);

    /// <param name="hash">The name's, by <see cref="Hash"/>.</param>
    public Claim? Find(string name, int hash)
    {
        var slots = _slots;
        for (var at = Home(hash); slots[at].Name is { } there; at = (at + 1) & (slots.Length - 1))
        {
            if (there == name)
            {
                return slots[at].Claim;
            }
        }

        return null;
    }

    private int Home(int hash) => hash & (_slots.Length - 1);
}

using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>All requests that the constraints of some policies can tell apart, as finitely many regions; each policy answers alike everywhere in a region.</summary>
internal sealed class Space
{
    /// <summary>More regions than this are not walked.</summary>
    public const long Limit = 250_000;

    private readonly ImmutableArray<Dimension> _dimensions;
    private readonly Request _start;

    private Space(ImmutableArray<Dimension> dimensions, Request start) => (_dimensions, _start) = (dimensions, start);

    public ImmutableArray<Dimension> Dimensions => _dimensions;

    /// <summary>How many regions there are; more than can be counted reads as the greatest number.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            foreach (var dimension in _dimensions)
            {
                count = count > Limit * 1000 ? count : count * dimension.Regions.Length;
            }

            return count;
        }
    }

    /// <summary>Whether every region is there, and they are few enough to be walked.</summary>
    public bool IsWalked => Count <= Limit && _dimensions.All(d => d.IsWhole);

    public static Space Of(Vocabulary vocabulary, params ReadOnlySpan<Policy> policies)
    {
        var atoms = new List<AtomicConstraint>();
        var actions = new List<string> { "use" };
        foreach (var policy in policies)
        {
            atoms.AddRange(policy.Permissions.SelectMany(p => p.Constraints.Concat(p.Refinements)).Concat(policy.Prohibitions.SelectMany(p => p.Constraints.Concat(p.Refinements))).SelectMany(Atoms));
            actions.AddRange(policy.Permissions.Select(p => p.Action).Concat(policy.Prohibitions.Select(p => p.Action)));
        }

        var start = new Request(EnforcementPoint.Use, "use", "did:web:somebody.example", new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), null, [], ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);
        return new Space(
            [
                new Dimension("point", [.. Enum.GetValues<EnforcementPoint>().Select(p => new Region($"at {p.ToString().ToLowerInvariant()}", r => r with { At = p }))]),
                new Dimension("action", [.. ActionsOf(actions).Select(a => new Region($"to {a}", r => r with { Action = a }))]),
                .. DutyCutting.Cut(policies),
                .. Cutting.Cut(atoms, vocabulary, start),
            ],
            start);
    }

    /// <summary>A request in the region of this number, counted from 0 to <see cref="Count"/>.</summary>
    public Request At(long number)
    {
        var request = _start;
        foreach (var dimension in _dimensions)
        {
            request = dimension.Regions[(int)(number % dimension.Regions.Length)].Put(request);
            number /= dimension.Regions.Length;
        }

        return request;
    }

    // An action that rules name, and "use" for all that they do not.
    private static IEnumerable<string> ActionsOf(IEnumerable<string> named) => named.Distinct(StringComparer.Ordinal);

    private static IEnumerable<AtomicConstraint> Atoms(Constraint constraint) => constraint switch
    {
        AtomicConstraint atom => [atom],
        LogicalConstraint logical => logical.Operands.SelectMany(Atoms),
        _ => [],
    };
}

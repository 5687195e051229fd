using System.Collections.Immutable;

namespace Connector.Policies.Lint;

/// <summary>A comparison and where it stands.</summary>
internal sealed record PlacedAtom(AtomicConstraint Atom, Func<string, string, Fault> Fault);

/// <summary>All comparisons of a policy's rules, each with its place.</summary>
internal static class Places
{
    public static IEnumerable<PlacedAtom> Atoms(PolicySource source)
    {
        var policy = source.Document.Policy;
        return Of(source, "permit", [.. policy.Permissions.Select(p => p.Constraints)]).Concat(Of(source, "forbid", [.. policy.Prohibitions.Select(p => p.Constraints)]));
    }

    private static IEnumerable<PlacedAtom> Of(PolicySource source, string list, ImmutableArray<ImmutableArray<Constraint>> rules)
    {
        for (var r = 0; r < rules.Length; r++)
        {
            for (var c = 0; c < rules[r].Length; c++)
            {
                var (rule, constraint) = (r, c);
                foreach (var atom in Atoms(rules[r][c]))
                {
                    yield return new PlacedAtom(atom, (message, mend) => source.At(list, rule, constraint, message, mend));
                }
            }
        }
    }

    public static IEnumerable<AtomicConstraint> Atoms(Constraint constraint) => constraint switch
    {
        AtomicConstraint atom => [atom],
        LogicalConstraint logical => logical.Operands.SelectMany(Atoms),
        _ => [],
    };
}

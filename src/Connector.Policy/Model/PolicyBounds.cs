namespace Connector.Policies;

/// <summary>How large a policy may be: alike in policy files and in ODRL JSON, so that what is written here can be read by every connector of this make.</summary>
internal static class PolicyBounds
{
    public const int Rules = 256;
    public const int Constraints = 1024;
    public const int Values = 1024;
    public const int Nesting = 16;
    public const int Consequences = 4;

    /// <summary>What is too large; null when nothing is.</summary>
    public static string? Exceeded(Policy policy)
    {
        var duties = policy.Permissions.SelectMany(p => p.Duties).Concat(policy.Prohibitions.SelectMany(p => p.Remedies)).Concat(policy.Obligations).ToList();
        var constraints = policy.Permissions.SelectMany(p => p.Constraints.Concat(p.Refinements))
            .Concat(policy.Prohibitions.SelectMany(p => p.Constraints.Concat(p.Refinements))).Concat(duties.SelectMany(OfDuty)).ToList();
        int[] lists = [policy.Permissions.Length, policy.Prohibitions.Length, policy.Obligations.Length, .. policy.Permissions.Select(p => p.Duties.Length), .. policy.Prohibitions.Select(p => p.Remedies.Length)];
        return lists.Any(l => l > Rules) ? $"has more than {Rules} rules in a list"
            : constraints.Sum(Count) > Constraints ? $"has more than {Constraints} conditions"
            : constraints.Any(c => MostValues(c) > Values) ? $"compares with more than {Values} values at once"
            : constraints.Any(c => Depth(c) > Nesting) ? $"nests conditions deeper than {Nesting}"
            : duties.Any(d => Depth(d) > Consequences) ? $"nests consequences deeper than {Consequences}" : null;
    }

    private static IEnumerable<Constraint> OfDuty(Duty duty) => duty.Constraints.Concat(duty.Refinements).Concat(duty.Consequences.SelectMany(OfDuty));

    private static int Depth(Duty duty) => duty.Consequences.IsEmpty ? 0 : 1 + duty.Consequences.Max(Depth);

    private static int Depth(Constraint constraint) => constraint is LogicalConstraint logical ? 1 + logical.Operands.Max(Depth) : 0;

    private static int Count(Constraint constraint) => constraint is LogicalConstraint logical ? 1 + logical.Operands.Sum(Count) : 1;

    private static int MostValues(Constraint constraint) => constraint switch
    {
        LogicalConstraint logical => logical.Operands.Max(MostValues),
        AtomicConstraint atom => atom.Values.Length,
        _ => 0,
    };
}

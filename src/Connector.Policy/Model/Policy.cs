using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>The rules of an ODRL policy as DSP allows them (DSP 2025-1, <c>contract-schema.json</c>). Equal when they state the same, whatever the order of constraints.</summary>
public sealed class Policy : IEquatable<Policy>
{
    private string? _canonical;

    public ImmutableArray<Permission> Permissions { get; init; } = [];

    public ImmutableArray<Prohibition> Prohibitions { get; init; } = [];

    public ImmutableArray<Duty> Obligations { get; init; } = [];

    public ImmutableArray<string> Profiles { get; init; } = [];

    /// <summary>Free use: one permission without constraints.</summary>
    public static Policy Free { get; } = new() { Permissions = [new Permission("use", [], [])] };

    /// <summary>The purposes that its permissions name: whoever signs it binds itself to these.</summary>
    public ImmutableArray<string> DeclaredPurposes =>
    [
        .. Permissions.SelectMany(p => p.Constraints).SelectMany(Atoms)
            .Where(a => a.LeftOperand == Operands.Purpose && a.Operator is ConstraintOperator.Eq or ConstraintOperator.IsAnyOf)
            .SelectMany(a => a.Values).Distinct(StringComparer.Ordinal),
    ];

    public bool Equals(Policy? other) => other is not null && Canonical == other.Canonical;

    public override bool Equals(object? obj) => Equals(obj as Policy);

    public override int GetHashCode() => string.GetHashCode(Canonical, StringComparison.Ordinal);

    private string Canonical => _canonical ??= CanonicalText.Of(this);

    private static IEnumerable<AtomicConstraint> Atoms(Constraint constraint) => constraint switch
    {
        AtomicConstraint atom => [atom],
        LogicalConstraint logical => logical.Operands.SelectMany(Atoms),
        _ => [],
    };
}

/// <summary>An action that is allowed while all constraints hold.</summary>
/// <param name="Action">Short name of an ODRL action, such as <c>use</c>.</param>
/// <param name="Duties">What whoever uses it must do.</param>
public sealed record Permission(string Action, ImmutableArray<Constraint> Constraints, ImmutableArray<Duty> Duties)
{
    /// <summary>What narrows the action itself (odrl:refinement); all must hold.</summary>
    public ImmutableArray<Constraint> Refinements { get; init; } = [];
}

/// <summary>An action that is forbidden while all constraints hold.</summary>
public sealed record Prohibition(string Action, ImmutableArray<Constraint> Constraints)
{
    /// <summary>What narrows the action itself (odrl:refinement); all must hold for it to strike.</summary>
    public ImmutableArray<Constraint> Refinements { get; init; } = [];

    /// <summary>What must be done by whoever did it all the same (odrl:remedy).</summary>
    public ImmutableArray<Duty> Remedies { get; init; } = [];
}

/// <summary>An action that must be done; the constraints say when.</summary>
public sealed record Duty(string Action, ImmutableArray<Constraint> Constraints)
{
    /// <summary>What narrows the action itself (odrl:refinement).</summary>
    public ImmutableArray<Constraint> Refinements { get; init; } = [];

    /// <summary>What must be done too when the duty was not done (odrl:consequence).</summary>
    public ImmutableArray<Duty> Consequences { get; init; } = [];
}

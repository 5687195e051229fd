using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>Compares what policies permit, on the rules themselves.</summary>
public static class PolicyComparison
{
    /// <summary>
    /// Whether <paramref name="requested"/> permits nothing that <paramref name="offered"/> does not, and keeps all its prohibitions and duties.
    /// May say no where a cleverer proof would say yes; never the reverse.
    /// </summary>
    public static bool IsWithin(Policy requested, Policy offered) =>
        requested.Permissions.All(r => offered.Permissions.Any(o => IsWithin(r, o)))
        && offered.Prohibitions.All(o => requested.Prohibitions.Any(r => Actions.Covers(r.Action, o.Action) && Strikes(r, o)))
        && Keeps(requested.Obligations, offered.Obligations);

    private static bool IsWithin(Permission requested, Permission offered) =>
        Actions.Covers(offered.Action, requested.Action)
        && Conditions(offered).All(o => Conditions(requested).Any(r => Implies(r, o)))
        && Keeps(requested.Duties, offered.Duties);

    // A refinement narrows as a constraint does.
    private static IEnumerable<Constraint> Conditions(Permission permission) => permission.Refinements.Concat(permission.Constraints);

    private static bool Strikes(Prohibition requested, Prohibition offered) =>
        Same(requested.Constraints, offered.Constraints) && Same(requested.Refinements, offered.Refinements) && Keeps(requested.Remedies, offered.Remedies);

    private static bool Keeps(ImmutableArray<Duty> requested, ImmutableArray<Duty> offered) =>
        offered.All(o => requested.Any(r => CanonicalText.Of(r) == CanonicalText.Of(o)));

    private static bool Same(ImmutableArray<Constraint> one, ImmutableArray<Constraint> other) =>
        one.Select(CanonicalText.Of).Order(StringComparer.Ordinal).SequenceEqual(other.Select(CanonicalText.Of).Order(StringComparer.Ordinal));

    private static bool Implies(Constraint narrow, Constraint wide) => CanonicalText.Of(narrow) == CanonicalText.Of(wide)
        || (narrow is AtomicConstraint n && wide is AtomicConstraint w && n.LeftOperand == w.LeftOperand && Implies(n, w));

    private static bool Implies(AtomicConstraint narrow, AtomicConstraint wide) => (narrow.Operator, wide.Operator) switch
    {
        (ConstraintOperator.Eq or ConstraintOperator.IsAnyOf, ConstraintOperator.Eq or ConstraintOperator.IsAnyOf) => narrow.Values.All(n => wide.Values.Any(w => Covers(wide, w, n))),
        (ConstraintOperator.Neq or ConstraintOperator.IsNoneOf, ConstraintOperator.Neq or ConstraintOperator.IsNoneOf) => wide.Values.All(w => narrow.Values.Any(n => Covers(wide, n, w))),
        (ConstraintOperator.Lt, ConstraintOperator.Lt or ConstraintOperator.Lteq) or (ConstraintOperator.Lteq, ConstraintOperator.Lteq) => Order(narrow, wide) is <= 0,
        (ConstraintOperator.Gt, ConstraintOperator.Gt or ConstraintOperator.Gteq) or (ConstraintOperator.Gteq, ConstraintOperator.Gteq) => Order(narrow, wide) is >= 0,
        _ => false,
    };

    // Only purposes lie beneath others under these operators.
    private static bool Covers(AtomicConstraint atom, string wide, string narrow) => wide == narrow || (atom.LeftOperand == Operands.Purpose && Purposes.All.Covers(wide, narrow));

    // Spans of months and of days have no order that holds for every start; only spans of one kind are compared.
    private static int? Order(AtomicConstraint one, AtomicConstraint other)
    {
        if (Spans.TryInstant(one.Values[0], out var a) && Spans.TryInstant(other.Values[0], out var b))
        {
            return a.CompareTo(b);
        }

        if (Numbers.TryParse(one.Values[0], out var number) && Numbers.TryParse(other.Values[0], out var otherNumber))
        {
            return number.CompareTo(otherNumber);
        }

        return Spans.TryParse(one.Values[0], out var months, out var rest) && Spans.TryParse(other.Values[0], out var otherMonths, out var otherRest) && (months, otherMonths) == (0, 0)
            ? rest.CompareTo(otherRest)
            : null;
    }
}

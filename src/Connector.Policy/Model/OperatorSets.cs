using System.Collections.Frozen;
using static Connector.Policies.ConstraintOperator;

namespace Connector.Policies;

/// <summary>The operators that kinds of left operands allow (ODRL 2.2, section on operators; Catena-X profile 25.09).</summary>
internal static class OperatorSets
{
    /// <summary>Texts that have no order.</summary>
    public static readonly FrozenSet<ConstraintOperator> Text = Of(Eq, Neq, IsA, HasPart, IsPartOf, IsAllOf, IsAnyOf, IsNoneOf);

    public static readonly FrozenSet<ConstraintOperator> Number = Of(Eq, Neq, Lt, Lteq, Gt, Gteq, IsAnyOf, IsNoneOf);

    public static readonly FrozenSet<ConstraintOperator> Instant = Of(Lt, Lteq, Gt, Gteq);

    /// <summary>Spans within which something may be done.</summary>
    public static readonly FrozenSet<ConstraintOperator> Within = Of(Eq, Lt, Lteq);

    /// <summary>Spans that must have passed first.</summary>
    public static readonly FrozenSet<ConstraintOperator> Wait = Of(Eq, Gt, Gteq);

    /// <summary>Before, during and after an event.</summary>
    public static readonly FrozenSet<ConstraintOperator> Event = Of(Lt, Eq, Gt);

    public static readonly FrozenSet<ConstraintOperator> Equal = Of(Eq);

    public static readonly FrozenSet<ConstraintOperator> EqualOrSet = Of(Eq, IsAnyOf, IsAllOf, IsNoneOf);

    private static FrozenSet<ConstraintOperator> Of(params ConstraintOperator[] operators) => operators.ToFrozenSet();
}

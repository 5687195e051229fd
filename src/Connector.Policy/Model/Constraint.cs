using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>A condition of a rule.</summary>
public abstract record Constraint;

/// <summary>A comparison of a fact with given values.</summary>
/// <param name="LeftOperand">IRI of what is compared: one of <see cref="Operands"/>.</param>
/// <param name="Values">The right operand: one value, or several for a set operator.</param>
public sealed record AtomicConstraint(string LeftOperand, ConstraintOperator Operator, ImmutableArray<string> Values) : Constraint;

/// <summary>Several conditions taken together.</summary>
public sealed record LogicalConstraint(LogicalOperator Operator, ImmutableArray<Constraint> Operands) : Constraint;

/// <summary>The comparison operators of the DSP subset (odrl:Operator).</summary>
public enum ConstraintOperator
{
    Eq,
    Neq,
    Lt,
    Lteq,
    Gt,
    Gteq,
    IsA,
    HasPart,
    IsPartOf,
    IsAllOf,
    IsAnyOf,
    IsNoneOf,
}

/// <summary>The logical operators (odrl:LogicalConstraint).</summary>
public enum LogicalOperator
{
    And,
    Or,
    Xone,
    AndSequence,
}

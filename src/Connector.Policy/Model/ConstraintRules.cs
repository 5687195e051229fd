using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>Which comparisons make sense: asked when a policy is read, so that nothing senseless is ever evaluated.</summary>
internal static class ConstraintRules
{
    /// <summary>What is wrong with a comparison, and how to mend it; null when it makes sense.</summary>
    public static (string What, string Mend)? Check(Operand operand, ConstraintOperator op, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
        {
            return ($"{operand.Word} is compared with nothing", "give at least one value");
        }

        var isSet = op is ConstraintOperator.IsAllOf or ConstraintOperator.IsAnyOf or ConstraintOperator.IsNoneOf;
        if (values.Length > 1 && !isSet)
        {
            return ($"{operand.Word} has several values for the operator {Name(op)}", "use isAnyOf, isAllOf or isNoneOf");
        }

        return operand.Type switch
        {
            OperandType.Instant when op is not (ConstraintOperator.Lt or ConstraintOperator.Lteq or ConstraintOperator.Gt or ConstraintOperator.Gteq) =>
                ($"{operand.Word} cannot be compared by {Name(op)}", "use lt, lteq, gt or gteq"),
            OperandType.Instant when !Spans.TryInstant(values[0], out _) => ($"'{values[0]}' is no instant with an offset", "write it as 2029-04-01T00:00:00+09:00"),
            OperandType.Duration when op is not (ConstraintOperator.Lt or ConstraintOperator.Lteq or ConstraintOperator.Eq) =>
                ($"{operand.Word} cannot be compared by {Name(op)}", "use lteq"),
            OperandType.Duration when !Spans.TryParse(values[0], out _, out _) => ($"'{values[0]}' is no duration", "write it as P30D, P1Y or PT12H"),
            OperandType.Text when op is ConstraintOperator.Lt or ConstraintOperator.Lteq or ConstraintOperator.Gt or ConstraintOperator.Gteq && operand.Points.Count > 0 =>
                ($"{operand.Word} is a text and has no order", "use eq, neq, isAnyOf or isNoneOf"),
            _ => null,
        };
    }

    /// <summary>The operator's name in ODRL JSON.</summary>
    public static string Name(ConstraintOperator op) => char.ToLowerInvariant(op.ToString()[0]) + op.ToString()[1..];
}

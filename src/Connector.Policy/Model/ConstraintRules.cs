using System.Collections.Immutable;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>Which comparisons make sense: asked when a policy is read, so that nothing senseless is ever evaluated.</summary>
internal static class ConstraintRules
{
    private static readonly (ConstraintOperator Operator, string Name)[] s_names = [.. Enum.GetValues<ConstraintOperator>().Select(o => (o, char.ToLowerInvariant(o.ToString()[0]) + o.ToString()[1..]))];

    /// <summary>What is wrong with a comparison, and how to mend it; null when it makes sense.</summary>
    public static (string What, string Mend)? Check(Operand operand, ConstraintOperator op, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
        {
            return ($"{operand.Word} is compared with nothing", "give at least one value");
        }

        if (values.Contains(""))
        {
            return ($"{operand.Word} is compared with an empty text", "give a value, or leave the condition out");
        }

        if (values.Length > 1 && !IsSet(op))
        {
            return ($"{operand.Word} has several values for the operator {Name(op)}", "use isAnyOf, isAllOf or isNoneOf");
        }

        if (!operand.Operators.Contains(op))
        {
            return ($"{operand.Word} cannot be compared by {Name(op)}", $"use {string.Join(", ", operand.Operators.Order().Select(Name))}");
        }

        return operand.Type switch
        {
            OperandType.Instant when Wrong(values, v => Spans.TryInstant(v, out _)) is { } v => ($"'{Fields.Shown(v)}' is no instant with an offset", "write it as 2029-04-01T00:00:00+09:00"),
            OperandType.Duration when Wrong(values, v => Spans.TryParse(v, out _, out _)) is { } v => ($"'{Fields.Shown(v)}' is no duration", "write it as P30D, P1Y or PT12H"),
            OperandType.Number when operand.Counted is { } counted && Wrong(values, v => Spans.TryCount(v, out _)) is { } v => ($"'{Fields.Shown(v)}' is no number of {counted}", "write 0 to 365000"),
            OperandType.Number when Wrong(values, v => Numbers.TryParse(v, out _)) is { } v => ($"'{Fields.Shown(v)}' is no number", "write it in digits, such as 12 or 0.5"),
            _ => null,
        };
    }

    /// <summary>Whether the operator takes several values.</summary>
    public static bool IsSet(ConstraintOperator op) => op is ConstraintOperator.IsAllOf or ConstraintOperator.IsAnyOf or ConstraintOperator.IsNoneOf;

    /// <summary>The operator's name in ODRL JSON.</summary>
    public static string Name(ConstraintOperator op) => s_names[(int)op].Name;

    private static string? Wrong(ImmutableArray<string> values, Predicate<string> holds) => values.FirstOrDefault(v => !holds(v));
}

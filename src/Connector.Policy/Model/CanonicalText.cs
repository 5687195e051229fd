using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>One text for all policies that state the same: the order of rules, of constraints that all must hold, and of set values does not count.</summary>
internal static class CanonicalText
{
    public static string Of(Policy policy) => string.Join('\n',
        Sorted("permit", policy.Permissions.Select(p => $"{Of(p)}{Sorted("then", p.Duties.Select(Of))}")),
        Sorted("forbid", policy.Prohibitions.Select(Of)),
        Sorted("oblige", policy.Obligations.Select(Of)),
        Sorted("profile", policy.Profiles.Select(Quote)));

    public static string Of(Duty duty) => $"{Rule(duty.Action, duty.Refinements, duty.Constraints)}{Sorted("otherwise", duty.Consequences.Select(Of))}";

    /// <summary>All of a prohibition.</summary>
    public static string Of(Prohibition prohibition) => $"{Rule(prohibition.Action, prohibition.Refinements, prohibition.Constraints)}{Sorted("remedy", prohibition.Remedies.Select(Of))}";

    public static string Of(Constraint constraint) => constraint switch
    {
        AtomicConstraint a => $"({Quote(a.LeftOperand)} {a.Operator} {string.Join(',', a.Values.Distinct().Order(StringComparer.Ordinal).Select(Quote))})",
        LogicalConstraint { Operator: LogicalOperator.AndSequence } l => $"AndSequence({string.Join(' ', l.Operands.Select(Of))})",
        LogicalConstraint l => $"{l.Operator}({string.Join(' ', l.Operands.Select(Of).Order(StringComparer.Ordinal))})",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    private static string Of(Permission permission) => Rule(permission.Action, permission.Refinements, permission.Constraints);

    private static string Rule(string action, ImmutableArray<Constraint> refinements, ImmutableArray<Constraint> constraints) => $"{action}({All(refinements)})[{All(constraints)}]";

    private static string All(ImmutableArray<Constraint> constraints) => string.Join(' ', constraints.Select(Of).Order(StringComparer.Ordinal));

    private static string Sorted(string name, IEnumerable<string> texts) => $"{name}{{{string.Join(';', texts.Order(StringComparer.Ordinal))}}}";

    private static string Quote(string text) => $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

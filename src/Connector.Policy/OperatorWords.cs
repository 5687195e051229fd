namespace Connector.Policies;

/// <summary>How policy files call the operators: moments, spans and numbers have their own words, where a word of its own reads better.</summary>
internal static class OperatorWords
{
    private static readonly (string Word, ConstraintOperator Operator)[] s_text =
    [
        ("is", ConstraintOperator.Eq), ("not", ConstraintOperator.Neq), ("in", ConstraintOperator.IsAnyOf), ("anyOf", ConstraintOperator.IsAnyOf), ("notIn", ConstraintOperator.IsNoneOf),
        ("noneOf", ConstraintOperator.IsNoneOf), ("allOf", ConstraintOperator.IsAllOf), ("isA", ConstraintOperator.IsA), ("within", ConstraintOperator.IsPartOf), ("includes", ConstraintOperator.HasPart),
    ];

    private static readonly (string Word, ConstraintOperator Operator)[] s_time =
    [
        ("from", ConstraintOperator.Gteq), ("before", ConstraintOperator.Lt), ("after", ConstraintOperator.Gt), ("until", ConstraintOperator.Lteq), ("is", ConstraintOperator.Eq),
    ];

    private static readonly (string Word, ConstraintOperator Operator)[] s_size =
    [
        ("max", ConstraintOperator.Lteq), ("less", ConstraintOperator.Lt), ("min", ConstraintOperator.Gteq), ("more", ConstraintOperator.Gt), .. s_text[..6],
    ];

    /// <summary>The words that an operand allows, the one to write first.</summary>
    public static IEnumerable<(string Word, ConstraintOperator Operator)> Of(Operand operand) => Words(operand).Where(w => operand.Operators.Contains(w.Operator));

    /// <summary>What a constraint expects, in the words of policy files: <c>active</c>, <c>in a, b</c>, <c>before 2029-04-01T00:00:00Z</c>.</summary>
    public static string Phrase(Operand operand, AtomicConstraint atom)
    {
        var values = string.Join(", ", atom.Values);
        return atom.Operator == ConstraintOperator.Eq
            ? values
            : $"{Words(operand).FirstOrDefault(w => w.Operator == atom.Operator).Word ?? ConstraintRules.Name(atom.Operator)} {values}";
    }

    private static (string Word, ConstraintOperator Operator)[] Words(Operand operand) => operand switch
    {
        { Type: OperandType.Instant } or { Iri: Operands.Event } => s_time,
        { Type: OperandType.Duration or OperandType.Number } => s_size,
        _ => s_text,
    };
}

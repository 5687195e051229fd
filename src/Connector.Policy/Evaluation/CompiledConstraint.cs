namespace Connector.Policies;

/// <summary>A constraint ready to be asked: values parsed, operand resolved. Asking allocates nothing when no trace is wanted.</summary>
internal abstract class CompiledConstraint
{
    /// <summary>Whether the answer depends on which of the declared purposes is meant.</summary>
    public abstract bool SpeaksOfPurpose { get; }

    public static CompiledConstraint Compile(Constraint constraint, Vocabulary vocabulary, bool forbids) => constraint switch
    {
        LogicalConstraint logical => new CompiledLogic(logical.Operator, [.. logical.Operands.Select(o => Compile(o, vocabulary, forbids))], forbids),
        AtomicConstraint atom => vocabulary.ByIri(atom.LeftOperand) is { } operand
            ? Atom(operand, atom, forbids)
            : throw new ArgumentException($"the left operand '{atom.LeftOperand}' is not known", nameof(constraint)),
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    /// <param name="purpose">Which of the declared purposes is meant; -1 when none was declared.</param>
    /// <param name="trace">Where to note what was asked; null when nobody wants to know.</param>
    public abstract Outcome Ask(EnforcementPoint at, Facts facts, int purpose, Tracing? trace);

    /// <summary>The first instant after now at which the outcome can change by time alone; the largest instant when none can.</summary>
    public abstract DateTimeOffset NextChange(Facts facts);

    private static CompiledAtom Atom(Operand operand, AtomicConstraint atom, bool forbids) => operand switch
    {
        { Source: FactSource.Clock or FactSource.SinceAgreement or FactSource.SinceLastUse } => new CompiledTime(operand, atom),
        { Type: OperandType.Number or OperandType.Instant } => new CompiledOrder(operand, atom, forbids),
        { Source: FactSource.Claim } when atom.Operator != ConstraintOperator.IsAllOf && CompiledComparison.HierarchyOf(operand, atom.Operator) is null => new CompiledClaim(operand, atom, forbids),
        _ => new CompiledComparison(operand, atom, forbids),
    };
}

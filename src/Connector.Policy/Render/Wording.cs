using System.Collections.Immutable;

namespace Connector.Policies.Render;

/// <summary>The sentences of one language.</summary>
internal abstract class Wording(Vocabulary vocabulary)
{
    public abstract string Preamble { get; }

    /// <summary>What opens the duties of a permission.</summary>
    public abstract string Then { get; }

    /// <summary>What opens the duties of whoever did what is forbidden.</summary>
    public abstract string Remedy { get; }

    /// <summary>What opens the duties that follow from one that was not done.</summary>
    /// <summary>What is said beside a duty that data waits for.</summary>
    public abstract string First { get; }

    public abstract string Otherwise { get; }

    public abstract string Signature { get; }

    public abstract string Heading(string? title, string name);

    public abstract string Permit(int clause, string action, int conditions);

    public abstract string Forbid(int clause, string action, int conditions);

    public abstract string Oblige(int clause);

    public abstract string Profiles(ImmutableArray<string> profiles);

    /// <summary>What opens conditions that are taken together.</summary>
    public abstract string Together(LogicalOperator op);

    public abstract string Condition(AtomicConstraint atom);

    public abstract string Duty(Duty duty);

    protected Operand OperandOf(AtomicConstraint atom) =>
        vocabulary.ByIri(atom.LeftOperand) ?? throw new ArgumentException($"the left operand '{atom.LeftOperand}' is not known", nameof(atom));

    /// <summary>What a duty's sentence says by itself of when it is owed: within a span, after an event, before an event, by an instant.</summary>
    protected static (AtomicConstraint? Within, AtomicConstraint? After, AtomicConstraint? Ahead, AtomicConstraint? By) Bounds(Duty duty)
    {
        return (First(Operands.ElapsedTime, _ => true), First(Operands.Event, op => op != ConstraintOperator.Lt), First(Operands.Event, op => op == ConstraintOperator.Lt), First(Operands.DateTime, op => op is ConstraintOperator.Lt or ConstraintOperator.Lteq));

        AtomicConstraint? First(string operand, Func<ConstraintOperator, bool> compared) =>
            duty.Constraints.OfType<AtomicConstraint>().FirstOrDefault(a => a.LeftOperand == operand && compared(a.Operator));
    }

    /// <summary>The constraints of a duty that its sentence does not say by itself.</summary>
    protected static IEnumerable<AtomicConstraint> Further(Duty duty)
    {
        var (within, after, ahead, by) = Bounds(duty);
        return duty.Refinements.Concat(duty.Constraints).SelectMany(Atoms).Where(a => a != within && a != after && a != ahead && a != by);
    }

    private static IEnumerable<AtomicConstraint> Atoms(Constraint constraint) => constraint switch
    {
        AtomicConstraint atom => [atom],
        LogicalConstraint logical => logical.Operands.SelectMany(Atoms),
        _ => [],
    };

    /// <summary>The years, months, days, hours, minutes and seconds of a duration that are not nought, each with the unit's name.</summary>
    protected static IEnumerable<(int Count, int Unit)> Parts(string duration)
    {
        if (!Spans.TryParse(duration, out var months, out var rest))
        {
            throw new ArgumentException($"'{duration}' is no duration", nameof(duration));
        }

        (int Count, int Unit)[] parts = [(months / 12, 0), (months % 12, 1), (rest.Days, 2), (rest.Hours, 3), (rest.Minutes, 4), (rest.Seconds, 5)];
        return parts.Any(p => p.Count > 0) ? parts.Where(p => p.Count > 0) : [(0, 2)];
    }
}

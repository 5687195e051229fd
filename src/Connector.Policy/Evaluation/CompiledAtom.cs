namespace Connector.Policies;

/// <summary>A comparison of one fact: knows where it is enforced, and how to say what it expects.</summary>
internal abstract class CompiledAtom : CompiledConstraint
{
    private readonly int _points;
    private readonly bool _observed;
    private readonly HashedText _name;

    protected CompiledAtom(Operand operand, AtomicConstraint atom)
    {
        Operand = operand;
        (_observed, _name) = (operand.Source == FactSource.Observed, new HashedText(operand.ClaimName ?? operand.Word));
        Expected = OperatorWords.Phrase(operand, atom);
        IsEnforcedEverywhere = operand.Points.SetEquals(Operands.Always);
        _points = operand.Points.Aggregate(0, (mask, point) => mask | (1 << (int)point));
    }

    public override bool SpeaksOfPurpose => Operand.Source == FactSource.Purpose;

    /// <summary>Whether every point enforces it.</summary>
    public bool IsEnforcedEverywhere { get; }

    protected Operand Operand { get; }

    private string Expected { get; }

    /// <summary>Whether the clock alone answers it.</summary>
    protected virtual bool AsksTime => false;

    public sealed override Outcome Ask(EnforcementPoint at, Facts facts, int purpose, Tracing? trace)
    {
        var outcome = (_points & (1 << (int)at)) == 0 || (facts.TimeAlone && !AsksTime) ? Outcome.NotEnforcedHere : Compare(facts, purpose);

        // What is not known may come to be known: where time alone decides, it leaves the answer as open as what time does not decide.
        if (outcome == Outcome.NotEnforcedHere || (facts.TimeAlone && outcome == Outcome.NotKnown))
        {
            trace?.Step(Operand.Word, Outcome.NotEnforcedHere, Expected, null, null);
            return Outcome.NotEnforcedHere;
        }

        if (trace is not null)
        {
            var (found, source) = outcome == Outcome.NotKnown ? default : Found(facts, purpose);
            trace.Step(Operand.Word, outcome, Expected, found, source);
        }

        return outcome;
    }

    public override DateTimeOffset NextChange(Facts facts) => DateTimeOffset.MaxValue;

    /// <summary>Satisfied, Unsatisfied or NotKnown.</summary>
    protected abstract Outcome Compare(Facts facts, int purpose);

    /// <summary>The fact, and where it comes from, in words.</summary>
    protected virtual (string Found, string Source) Found(Facts facts, int purpose) => Claim(facts) is { } claim ? (string.Join(", ", claim.Values), claim.Source) : default;

    /// <summary>The fact of an operand that reads claims or observations; null when it is not known.</summary>
    protected Claim? Claim(Facts facts)
    {
        var claim = _observed ? facts.Observed.GetValueOrDefault(Operand.Word) : facts.Table.Find(in _name).Claim;
        return claim is { Values.IsDefaultOrEmpty: false } ? claim : null;
    }
}

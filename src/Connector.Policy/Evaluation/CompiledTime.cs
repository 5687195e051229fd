namespace Connector.Policies;

/// <summary>A comparison with the clock: the present moment, or the time since the agreement or the last use.</summary>
internal sealed class CompiledTime : CompiledAtom
{
    private readonly ConstraintOperator _operator;
    private readonly DateTimeOffset _instant;
    private readonly int _months;
    private readonly TimeSpan _rest;

    public CompiledTime(Operand operand, AtomicConstraint atom)
        : base(operand, atom)
    {
        // "Equal" means up to the bound, or from it on where a wait is meant.
        var equal = operand.Operators.Contains(ConstraintOperator.Gteq) ? ConstraintOperator.Gteq : ConstraintOperator.Lteq;
        _operator = atom.Operator == ConstraintOperator.Eq ? equal : atom.Operator;
        var value = atom.Values[0];
        if (!(operand.Type == OperandType.Instant ? Spans.TryInstant(value, out _instant) : Spans.TryRead(operand.Type, value, out _months, out _rest)))
        {
            throw new ArgumentException($"'{value}' is no {operand.Type}", nameof(atom));
        }
    }

    protected override bool AsksTime => true;

    public override DateTimeOffset NextChange(Facts facts)
    {
        if (Boundary(facts) is not { } boundary || boundary == DateTimeOffset.MaxValue)
        {
            return DateTimeOffset.MaxValue;
        }

        // After the instant itself for the operators that include it, at it for the others.
        var change = _operator is ConstraintOperator.Lt or ConstraintOperator.Gteq ? boundary : JustAfter(boundary);
        return change > facts.Now ? change : DateTimeOffset.MaxValue;
    }

    protected override Outcome Compare(Facts facts, int purpose)
    {
        if (Boundary(facts) is not { } boundary)
        {
            return Outcome.NotKnown;
        }

        var holds = _operator switch
        {
            ConstraintOperator.Lt => facts.Now < boundary,
            ConstraintOperator.Lteq => facts.Now <= boundary,
            ConstraintOperator.Gt => facts.Now > boundary,
            _ => facts.Now >= boundary,
        };
        return holds ? Outcome.Satisfied : Outcome.Unsatisfied;
    }

    protected override (string Found, string Source) Found(Facts facts, int purpose) => (Spans.Text(facts.Now), Tracing.Clock);

    private DateTimeOffset? Boundary(Facts facts) => Operand.Source switch
    {
        FactSource.Clock => _instant,
        FactSource.SinceAgreement => facts.AgreementSignedAt is { } signed ? After(signed) : null,
        _ => facts.LastUsedAt is { } used ? After(used) : null,
    };

    // Behind the last tick that an offset can write, time goes on in others.
    private static DateTimeOffset JustAfter(DateTimeOffset instant) => (instant.Ticks == DateTime.MaxValue.Ticks ? instant.ToUniversalTime() : instant).AddTicks(1);

    private DateTimeOffset After(DateTimeOffset start) => Spans.After(start, _months, _rest) ?? DateTimeOffset.MaxValue;
}

namespace Connector.Policies;

/// <summary>A comparison of numbers or instants that claims or observations state.</summary>
internal sealed class CompiledOrder : CompiledAtom
{
    private readonly ConstraintOperator _operator;
    private readonly decimal[] _values;
    private readonly bool _forbids;

    public CompiledOrder(Operand operand, AtomicConstraint atom, bool forbids)
        : base(operand, atom)
    {
        (_operator, _forbids) = (atom.Operator, forbids);
        _values = [.. atom.Values.Select(v => Key(v) ?? throw new ArgumentException($"'{v}' is no {operand.Type}", nameof(atom)))];
    }

    protected override Outcome Compare(Facts facts, int purpose)
    {
        // Of several values a permission wants each to hold, and a prohibition strikes by any. One that cannot be read makes the fact not known.
        if (Claim(facts) is not { } claim)
        {
            return Outcome.NotKnown;
        }

        var (all, any) = (true, false);
        foreach (var text in claim.Values)
        {
            if (Key(text) is not { } found)
            {
                return Outcome.NotKnown;
            }

            var holds = Holds(found);
            all &= holds;
            any |= holds;
        }

        return (_forbids ? any : all) ? Outcome.Satisfied : Outcome.Unsatisfied;
    }

    private bool Holds(decimal found) => _operator switch
    {
        ConstraintOperator.Lt => found < _values[0],
        ConstraintOperator.Lteq => found <= _values[0],
        ConstraintOperator.Gt => found > _values[0],
        ConstraintOperator.Gteq => found >= _values[0],
        ConstraintOperator.Neq or ConstraintOperator.IsNoneOf => Array.IndexOf(_values, found) < 0,
        _ => Array.IndexOf(_values, found) >= 0,
    };

    private decimal? Key(string text) => Operand.Type == OperandType.Instant
        ? Spans.TryInstant(text, out var instant) ? instant.UtcTicks : null
        : Numbers.TryParse(text, out var number) ? number : null;
}

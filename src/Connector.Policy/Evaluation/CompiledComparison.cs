namespace Connector.Policies;

/// <summary>A comparison of texts: identifiers, claims, purposes.</summary>
internal sealed class CompiledComparison : CompiledAtom
{
    private readonly string[] _values;
    private readonly ConstraintOperator _operator;
    private readonly bool _forbids;
    private readonly Hierarchy? _hierarchy;

    public CompiledComparison(Operand operand, AtomicConstraint atom, bool forbids)
        : base(operand, atom)
    {
        (_values, _operator, _forbids) = ([.. atom.Values], atom.Operator, forbids);
        _hierarchy = HierarchyOf(operand, atom.Operator);
    }

    /// <summary>Which texts lie beneath others: purposes under every operator, regions only where the operator asks for parts.</summary>
    public static Hierarchy? HierarchyOf(Operand operand, ConstraintOperator asked) =>
        operand.Source == FactSource.Purpose || asked is ConstraintOperator.IsA or ConstraintOperator.IsPartOf or ConstraintOperator.HasPart ? operand.Hierarchy : null;

    protected override Outcome Compare(Facts facts, int purpose)
    {
        switch (Operand.Source)
        {
            case FactSource.Participant:
                return Holds([facts.ParticipantId]);
            case FactSource.Purpose:
                return purpose < 0 ? Outcome.NotKnown : Holds(_operator == ConstraintOperator.IsAllOf ? facts.Purposes.AsSpan() : facts.Purposes.AsSpan(purpose, 1));
            default:
                return Claim(facts) is { } claim ? Holds(claim.Values.AsSpan()) : Outcome.NotKnown;
        }
    }

    protected override (string Found, string Source) Found(Facts facts, int purpose) => Operand.Source switch
    {
        FactSource.Participant => (facts.ParticipantId, "the authenticated participant"),
        FactSource.Purpose => (_operator == ConstraintOperator.IsAllOf ? string.Join(", ", facts.Purposes) : facts.Purposes[purpose], "declared by the consumer"),
        _ => base.Found(facts, purpose),
    };

    private Outcome Holds(ReadOnlySpan<string> found)
    {
        var holds = _operator switch
        {
            // What is forbidden to all but some strikes whoever is also something else.
            ConstraintOperator.Neq or ConstraintOperator.IsNoneOf => _forbids ? !All(found) : !Any(found),
            ConstraintOperator.IsAllOf => HasEach(found),
            _ => Any(found),
        };
        return holds ? Outcome.Satisfied : Outcome.Unsatisfied;
    }

    private bool Any(ReadOnlySpan<string> found)
    {
        foreach (var one in found)
        {
            if (Meets(one))
            {
                return true;
            }
        }

        return false;
    }

    private bool All(ReadOnlySpan<string> found)
    {
        foreach (var one in found)
        {
            if (!Meets(one))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasEach(ReadOnlySpan<string> found)
    {
        foreach (var value in _values)
        {
            var has = false;
            foreach (var one in found)
            {
                has |= Matches(value, one);
            }

            if (!has)
            {
                return false;
            }
        }

        return true;
    }

    private bool Meets(string found)
    {
        foreach (var value in _values)
        {
            if (Matches(value, found))
            {
                return true;
            }
        }

        return false;
    }

    private bool Matches(string value, string found) => _hierarchy is null
        ? value == found
        : _operator == ConstraintOperator.HasPart ? _hierarchy.Covers(found, value) : _hierarchy.Covers(value, found);
}

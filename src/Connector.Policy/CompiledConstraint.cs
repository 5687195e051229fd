using System.Collections.Immutable;
using System.Globalization;

namespace Connector.Policies;

/// <summary>A constraint ready to be asked: values parsed, operand resolved.</summary>
internal abstract class CompiledConstraint
{
    public static CompiledConstraint Compile(Constraint constraint, bool forbids) => constraint switch
    {
        LogicalConstraint logical => new CompiledLogic(logical.Operator, [.. logical.Operands.Select(o => Compile(o, forbids))]),
        AtomicConstraint atom => Operands.ByIri(atom.LeftOperand) is { } operand
            ? operand.Type == OperandType.Text ? new CompiledComparison(operand, atom, forbids) : new CompiledTime(operand, atom)
            : throw new ArgumentException($"the left operand '{atom.LeftOperand}' is not known", nameof(constraint)),
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    public abstract Outcome Ask(EnforcementPoint at, Facts facts, Tracing trace);

    /// <summary>The first instant after now at which the outcome can change by time alone.</summary>
    public abstract DateTimeOffset? NextChange(Facts facts);

    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}

/// <summary>Several constraints together (odrl:LogicalConstraint). What is not enforced here keeps out of the answer, as far as the rest decides it.</summary>
internal sealed class CompiledLogic(LogicalOperator op, ImmutableArray<CompiledConstraint> operands) : CompiledConstraint
{
    public override Outcome Ask(EnforcementPoint at, Facts facts, Tracing trace)
    {
        Span<int> counts = stackalloc int[4];
        foreach (var operand in operands)
        {
            counts[(int)operand.Ask(at, facts, trace)]++;
        }

        return op switch
        {
            LogicalOperator.Or => Or(counts),
            LogicalOperator.Xone => Xone(counts),
            _ => And(counts),
        };
    }

    public override DateTimeOffset? NextChange(Facts facts) => operands.Aggregate((DateTimeOffset?)null, (earliest, operand) => Earlier(earliest, operand.NextChange(facts)));

    public static Outcome And(ReadOnlySpan<int> counts) =>
        counts[(int)Outcome.Unsatisfied] > 0 ? Outcome.Unsatisfied
        : counts[(int)Outcome.NotKnown] > 0 ? Outcome.NotKnown
        : counts[(int)Outcome.NotEnforcedHere] > 0 && counts[(int)Outcome.Satisfied] == 0 ? Outcome.NotEnforcedHere
        : Outcome.Satisfied;

    private static Outcome Or(ReadOnlySpan<int> counts) =>
        counts[(int)Outcome.Satisfied] > 0 ? Outcome.Satisfied
        : counts[(int)Outcome.NotEnforcedHere] > 0 ? Outcome.NotEnforcedHere
        : counts[(int)Outcome.NotKnown] > 0 ? Outcome.NotKnown
        : Outcome.Unsatisfied;

    private static Outcome Xone(ReadOnlySpan<int> counts) =>
        counts[(int)Outcome.Satisfied] > 1 ? Outcome.Unsatisfied
        : counts[(int)Outcome.NotKnown] > 0 ? Outcome.NotKnown
        : counts[(int)Outcome.NotEnforcedHere] > 0 ? Outcome.NotEnforcedHere
        : counts[(int)Outcome.Satisfied] == 1 ? Outcome.Satisfied
        : Outcome.Unsatisfied;
}

/// <summary>A comparison of texts: identifiers, claims, purposes.</summary>
internal sealed class CompiledComparison(Operand operand, AtomicConstraint atom, bool forbids) : CompiledConstraint
{
    private readonly string _expected = $"{ConstraintRules.Name(atom.Operator)} {string.Join(", ", atom.Values)}";

    public override Outcome Ask(EnforcementPoint at, Facts facts, Tracing trace)
    {
        if (!operand.Points.Contains(at))
        {
            return trace.Step(operand.Word, Outcome.NotEnforcedHere, _expected, (string?)null, null);
        }

        var (values, source) = Find(facts);
        if (values.IsDefaultOrEmpty)
        {
            return trace.Step(operand.Word, Outcome.NotKnown, _expected, (string?)null, null);
        }

        return trace.Step(operand.Word, Holds(values) ? Outcome.Satisfied : Outcome.Unsatisfied, _expected, values, source);
    }

    public override DateTimeOffset? NextChange(Facts facts) => null;

    private (ImmutableArray<string> Values, string Source) Find(Facts facts) => operand.Iri switch
    {
        Operands.Participant => ([facts.ParticipantId], "the authenticated participant"),
        Operands.Purpose => (facts.Purposes, "declared by the consumer"),
        _ => operand.ClaimName is { } name && facts.Claims.TryGetValue(name, out var claim) ? (claim.Values, claim.Source) : default,
    };

    private bool Holds(ImmutableArray<string> found) => atom.Operator switch
    {
        // A permission holds for the purposes it names and no further; a prohibition strikes as soon as one of them is meant.
        ConstraintOperator.Eq or ConstraintOperator.IsAnyOf when operand.Iri == Operands.Purpose && !forbids => found.All(Has),
        ConstraintOperator.Eq or ConstraintOperator.IsAnyOf or ConstraintOperator.IsA or ConstraintOperator.IsPartOf => found.Any(Has),
        ConstraintOperator.Neq or ConstraintOperator.IsNoneOf => !found.Any(Has),
        ConstraintOperator.IsAllOf or ConstraintOperator.HasPart => atom.Values.All(v => found.Contains(v, StringComparer.Ordinal)),
        _ => false,
    };

    private bool Has(string value) => atom.Values.Contains(value, StringComparer.Ordinal);
}

/// <summary>A comparison with the clock: the present moment, or the time since the agreement.</summary>
internal sealed class CompiledTime : CompiledConstraint
{
    private readonly Operand _operand;
    private readonly ConstraintOperator _operator;
    private readonly string _value;
    private readonly DateTimeOffset _instant;
    private readonly string _expected;

    public CompiledTime(Operand operand, AtomicConstraint atom)
    {
        (_operand, _operator, _value) = (operand, atom.Operator, atom.Values[0]);
        _expected = $"{ConstraintRules.Name(atom.Operator)} {_value}";
        if (operand.Type == OperandType.Instant)
        {
            Spans.TryInstant(_value, out _instant);
        }
    }

    public override Outcome Ask(EnforcementPoint at, Facts facts, Tracing trace)
    {
        if (!_operand.Points.Contains(at))
        {
            return trace.Step(_operand.Word, Outcome.NotEnforcedHere, _expected, (string?)null, null);
        }

        if (Boundary(facts) is not { } boundary)
        {
            return trace.Step(_operand.Word, Outcome.NotKnown, _expected, (string?)null, null);
        }

        var holds = _operator switch
        {
            ConstraintOperator.Lt => facts.Now < boundary,
            ConstraintOperator.Lteq or ConstraintOperator.Eq => facts.Now <= boundary,
            ConstraintOperator.Gt => facts.Now > boundary,
            _ => facts.Now >= boundary,
        };
        return trace.Step(_operand.Word, holds ? Outcome.Satisfied : Outcome.Unsatisfied, _expected, facts.Now, "the clock");
    }

    public override DateTimeOffset? NextChange(Facts facts)
    {
        if (Boundary(facts) is not { } boundary)
        {
            return null;
        }

        // After the instant itself for the operators that include it, at it for the others.
        var change = _operator is ConstraintOperator.Lt or ConstraintOperator.Gteq || boundary == DateTimeOffset.MaxValue ? boundary : boundary.AddTicks(1);
        return change > facts.Now ? change : null;
    }

    private DateTimeOffset? Boundary(Facts facts) => _operand.Type == OperandType.Instant
        ? _instant
        : facts.AgreementSignedAt is { } signed ? Spans.After(signed, _value) ?? DateTimeOffset.MaxValue : null;
}

/// <summary>Collects the trace of one evaluation.</summary>
internal sealed class Tracing
{
    private readonly ImmutableArray<TraceStep>.Builder _steps = ImmutableArray.CreateBuilder<TraceStep>();

    public string Rule { get; set; } = "";

    public ImmutableArray<TraceStep> Steps => _steps.ToImmutable();

    /// <summary>The step that made the present rule fail.</summary>
    public TraceStep? FirstFailure(int from) => _steps.Skip(from).FirstOrDefault(s => s.Outcome is Outcome.Unsatisfied or Outcome.NotKnown);

    public int Count => _steps.Count;

    public Outcome Step(string condition, Outcome outcome, string expected, ImmutableArray<string> found, string? source) =>
        Step(condition, outcome, expected, found.IsDefault ? null : string.Join(", ", found), source);

    public Outcome Step(string condition, Outcome outcome, string expected, DateTimeOffset found, string source) =>
        Step(condition, outcome, expected, found.ToString("O", CultureInfo.InvariantCulture), source);

    public Outcome Step(string condition, Outcome outcome, string expected, string? found, string? source)
    {
        _steps.Add(new TraceStep(Rule, condition, outcome, expected, found, source));
        return outcome;
    }
}

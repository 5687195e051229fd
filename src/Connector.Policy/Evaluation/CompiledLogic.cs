namespace Connector.Policies;

/// <summary>Several constraints together (odrl:LogicalConstraint). What is not enforced here keeps out of the answer, as far as the rest decides it.</summary>
internal sealed class CompiledLogic(LogicalOperator op, CompiledConstraint[] operands, bool forbids) : CompiledConstraint
{
    public override bool SpeaksOfPurpose { get; } = operands.Any(o => o.SpeaksOfPurpose);

    public override Outcome Ask(EnforcementPoint at, Facts facts, int purpose, Tracing? trace)
    {
        var tally = default(Tally);
        foreach (var operand in operands)
        {
            tally.Add(operand.Ask(at, facts, purpose, trace));
        }

        return op switch
        {
            LogicalOperator.Or => tally.Or(forbids),
            LogicalOperator.Xone => tally.Xone(forbids),
            _ => tally.And(forbids),
        };
    }

    public override DateTimeOffset NextChange(Facts facts)
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var operand in operands)
        {
            var change = operand.NextChange(facts);
            earliest = change < earliest ? change : earliest;
        }

        return earliest;
    }
}

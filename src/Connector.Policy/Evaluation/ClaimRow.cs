namespace Connector.Policies;

/// <summary>Constraints of a rule on claims, taken together: a row of plain data, walked without a call for each. For a trace each is asked by itself instead.</summary>
internal sealed class ClaimRow(ClaimTest[] tests, bool forbids) : CompiledConstraint
{
    public override bool SpeaksOfPurpose => false;

    /// <summary>The constraints of a rule, those on claims that every point enforces gathered into one row, which comes first.</summary>
    public static CompiledConstraint[] Gather(CompiledConstraint[] constraints, bool forbids)
    {
        var claims = constraints.OfType<CompiledClaim>().Where(c => c.IsEnforcedEverywhere).ToArray();
        return claims.Length == 0 ? constraints : [new ClaimRow([.. claims.Select(c => c.Test)], forbids), .. constraints.Except(claims)];
    }

    public override Outcome Ask(EnforcementPoint at, Facts facts, int purpose, Tracing? trace)
    {
        if (facts.TimeAlone)
        {
            return Outcome.NotEnforcedHere;
        }

        var (claims, all) = (facts.Table, Outcome.Satisfied);
        for (var i = 0; i < tests.Length; i++)
        {
            var outcome = tests[i].Ask(claims);
            if (outcome != Outcome.Satisfied)
            {
                // What is not known refuses at once, but keeps a prohibition open: another constraint may still not hold.
                if (outcome == Outcome.Unsatisfied || !forbids)
                {
                    return outcome;
                }

                all = outcome;
            }
        }

        return all;
    }

    public override DateTimeOffset NextChange(Facts facts) => DateTimeOffset.MaxValue;
}

using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>One rule of a compiled policy. Of several declared purposes a permission must allow each, and a prohibition strikes by any.</summary>
internal sealed class CompiledRule(string name, string action, CompiledConstraint[] constraints, bool forbids, ImmutableArray<PlacedDuty> duties)
{
    // As they are asked where nobody wants a trace.
    private readonly CompiledConstraint[] _gathered = ClaimRow.Gather(constraints, forbids);

    private readonly bool _speaksOfPurpose = constraints.Any(c => c.SpeaksOfPurpose);
    private readonly CompiledDuty[] _first = CompiledDuty.First(duties);

    public string Name => name;

    public ImmutableArray<Duty> Owed { get; } = [.. duties.Select(d => d.Duty)];

    public bool Covers(string wanted) => Actions.Covers(action, wanted);

    public bool Allows(EnforcementPoint at, Facts facts, Tracing? trace) => Holds(at, facts, trace) && Fulfils(at, facts, trace);

    /// <summary>Whether its conditions hold, whatever is to be done first.</summary>
    public bool Holds(EnforcementPoint at, Facts facts, Tracing? trace)
    {
        for (var purpose = First(facts); purpose < Last(facts); purpose++)
        {
            var allows = true;
            foreach (var constraint in trace is null ? _gathered : constraints)
            {
                var from = trace?.Count ?? 0;
                var outcome = constraint.Ask(at, facts, purpose, trace);
                if (outcome is Outcome.Satisfied or Outcome.NotEnforcedHere)
                {
                    continue;
                }

                if (trace is null)
                {
                    return false;
                }

                trace.Decide(from, outcome);
                allows = false;
            }

            if (!allows)
            {
                return false;
            }
        }

        return true;
    }

    public Outcome Strikes(EnforcementPoint at, Facts facts, Tracing? trace)
    {
        for (var purpose = First(facts); purpose < Last(facts); purpose++)
        {
            var from = trace?.Count ?? 0;
            var tally = default(Tally);
            foreach (var constraint in trace is null ? _gathered : constraints)
            {
                var one = constraint.Ask(at, facts, purpose, trace);
                tally.Add(one);
                if (trace is null && one == Outcome.Unsatisfied)
                {
                    break;
                }
            }

            var outcome = tally.And(forbids: true);
            if (outcome is Outcome.Satisfied or Outcome.NotKnown)
            {
                trace?.Decide(from, outcome);
                return outcome;
            }
        }

        return Outcome.Unsatisfied;
    }

    public DateTimeOffset NextChange(Facts facts)
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var constraint in constraints)
        {
            var change = constraint.NextChange(facts);
            earliest = change < earliest ? change : earliest;
        }

        return earliest;
    }

    // What must be done first is asked when data is about to flow; the contract itself may be made before.
    private bool Fulfils(EnforcementPoint at, Facts facts, Tracing? trace)
    {
        if (facts.TimeAlone || at is EnforcementPoint.Catalog or EnforcementPoint.Negotiation)
        {
            return true;
        }

        foreach (var duty in _first)
        {
            var outcome = duty.Ask(facts.Fulfilled, trace);
            if (outcome != Outcome.Satisfied)
            {
                trace?.Decide(trace.Count - 1, outcome);
                return false;
            }
        }

        return true;
    }

    private static int First(Facts facts) => facts.Purposes.IsDefaultOrEmpty ? -1 : 0;

    private int Last(Facts facts) => facts.Purposes.IsDefaultOrEmpty ? 0 : _speaksOfPurpose ? facts.Purposes.Length : 1;
}

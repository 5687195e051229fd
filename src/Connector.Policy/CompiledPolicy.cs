using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>A policy ready to be asked, any number of times, from any thread.</summary>
/// <remarks>Default deny; a prohibition beats every permission; a fact that is not known never permits, and lets a prohibition strike.</remarks>
public sealed class CompiledPolicy
{
    private readonly ImmutableArray<Rule> _permissions;
    private readonly ImmutableArray<Rule> _prohibitions;

    private CompiledPolicy(Policy policy)
    {
        _permissions = [.. policy.Permissions.Select((p, i) => new Rule($"permit[{i}]", p.Action, [.. p.Constraints.Select(c => CompiledConstraint.Compile(c, forbids: false))], [.. p.Duties, .. policy.Obligations]))];
        _prohibitions = [.. policy.Prohibitions.Select((p, i) => new Rule($"forbid[{i}]", p.Action, [.. p.Constraints.Select(c => CompiledConstraint.Compile(c, forbids: true))], []))];
    }

    /// <exception cref="ArgumentException">The policy was not read by this room and has an operand that is not known.</exception>
    public static CompiledPolicy Compile(Policy policy) => new(policy);

    /// <summary>Asks whether the action in the facts is permitted at this point.</summary>
    public Verdict Evaluate(EnforcementPoint at, Facts facts)
    {
        var trace = new Tracing();
        var changes = NextChange(facts);
        foreach (var prohibition in _prohibitions.Where(r => Actions.Covers(r.Action, facts.Action)))
        {
            trace.Rule = prohibition.Name;
            var from = trace.Count;
            var strikes = prohibition.Strikes(at, facts, trace);
            if (strikes is Outcome.Satisfied or Outcome.NotKnown)
            {
                var condition = trace.Steps.Skip(from).Select(s => s.Condition).FirstOrDefault() ?? "every use";
                var unknown = strikes == Outcome.NotKnown ? trace.FirstFailure(from) : null;
                return unknown is null
                    ? Deny("policy-prohibited", $"{prohibition.Name} forbids it", $"the policy forbids it by its condition on '{condition}'", trace, changes)
                    : Deny("policy-not-known", $"{prohibition.Name} may forbid it: '{unknown.Condition}' is not known", $"'{unknown.Condition}' is not known of you", trace, changes);
            }
        }

        TraceStep? nearest = null;
        foreach (var permission in _permissions.Where(r => Actions.Covers(r.Action, facts.Action)))
        {
            trace.Rule = permission.Name;
            var from = trace.Count;
            if (permission.Allows(at, facts, trace))
            {
                return new Verdict(true, null, $"{permission.Name} permits it", "", trace.Steps, changes, permission.Duties);
            }

            nearest ??= trace.FirstFailure(from);
        }

        return nearest switch
        {
            null => Deny("policy-denied", "no permission speaks of this action", "the policy has no permission for this", trace, changes),
            { Outcome: Outcome.NotKnown } => Deny("policy-not-known", $"{nearest.Rule}: '{nearest.Condition}' is not known (expected: {nearest.Expected})", $"'{nearest.Condition}' is not known of you", trace, changes),
            { Source: "the clock" } => Deny("policy-expired", $"{nearest.Rule}: '{nearest.Condition}' {nearest.Expected}, it is {nearest.Found}", $"outside the time that the policy allows ('{nearest.Condition}' {nearest.Expected})", trace, changes),
            _ => Deny("policy-denied", $"{nearest.Rule}: '{nearest.Condition}' is {nearest.Found}, expected: {nearest.Expected}", $"the policy's condition on '{nearest.Condition}' does not hold for you", trace, changes),
        };
    }

    /// <summary>The first instant after now at which any answer of this policy can change by time alone; null when none can.</summary>
    public DateTimeOffset? NextChange(Facts facts)
    {
        DateTimeOffset? earliest = null;
        foreach (var rule in _prohibitions)
        {
            earliest = rule.NextChange(facts, earliest);
        }

        foreach (var rule in _permissions)
        {
            earliest = rule.NextChange(facts, earliest);
        }

        return earliest;
    }

    private static Verdict Deny(string code, string reason, string peerReason, Tracing trace, DateTimeOffset? changes) => new(false, code, reason, peerReason, trace.Steps, changes, []);

    private sealed record Rule(string Name, string Action, ImmutableArray<CompiledConstraint> Constraints, ImmutableArray<Duty> Duties)
    {
        public bool Allows(EnforcementPoint at, Facts facts, Tracing trace)
        {
            var allows = true;
            foreach (var constraint in Constraints)
            {
                allows &= constraint.Ask(at, facts, trace) is Outcome.Satisfied or Outcome.NotEnforcedHere;
            }

            return allows;
        }

        // A prohibition of which a part is decided only later does not strike yet.
        public Outcome Strikes(EnforcementPoint at, Facts facts, Tracing trace)
        {
            Span<int> counts = stackalloc int[4];
            foreach (var constraint in Constraints)
            {
                counts[(int)constraint.Ask(at, facts, trace)]++;
            }

            return counts[(int)Outcome.Unsatisfied] == 0 && counts[(int)Outcome.NotEnforcedHere] > 0 ? Outcome.NotEnforcedHere : CompiledLogic.And(counts);
        }

        public DateTimeOffset? NextChange(Facts facts, DateTimeOffset? earliest)
        {
            foreach (var constraint in Constraints)
            {
                earliest = CompiledConstraint.Earlier(earliest, constraint.NextChange(facts));
            }

            return earliest;
        }
    }
}

using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>A policy ready to be asked, any number of times, from any thread. What it decides and why is written in SEMANTICS.md.</summary>
/// <remarks>Default deny; a prohibition beats every permission; a fact that is not known never permits, and lets a prohibition strike.</remarks>
public sealed class CompiledPolicy
{
    private readonly CompiledRule[] _permissions;
    private readonly CompiledRule[] _prohibitions;

    private CompiledPolicy(Policy policy, Vocabulary vocabulary)
    {
        var obligations = PlacedDuty.Of(policy.Obligations, "oblige");
        _permissions = [.. policy.Permissions.Select((p, i) => Rule($"permit[{i}]", p.Action, p.Refinements, p.Constraints, forbids: false, [.. PlacedDuty.Of(p.Duties, $"permit[{i}].then"), .. obligations]))];
        _prohibitions = [.. policy.Prohibitions.Select((p, i) => Rule($"forbid[{i}]", p.Action, p.Refinements, p.Constraints, forbids: true, []))];

        CompiledRule Rule(string name, string action, ImmutableArray<Constraint> refinements, ImmutableArray<Constraint> constraints, bool forbids, ImmutableArray<PlacedDuty> duties) =>
            new(name, action, [.. refinements.Concat(constraints).Select(c => CompiledConstraint.Compile(c, vocabulary, forbids))], forbids, duties);
    }

    /// <param name="vocabulary">The words that the policy was read by; the built-in ones when null.</param>
    /// <exception cref="ArgumentException">The policy was not read by this room and has an operand or a value that is not known.</exception>
    public static CompiledPolicy Compile(Policy policy, Vocabulary? vocabulary = null) => new(policy, vocabulary ?? Vocabulary.BuiltIn);

    /// <summary>Whether the action in the facts is permitted at this point. Allocates nothing.</summary>
    public bool Permits(EnforcementPoint at, Facts facts)
    {
        foreach (var prohibition in _prohibitions)
        {
            if (prohibition.Covers(facts.Action) && prohibition.Strikes(at, facts, null) is Outcome.Satisfied or Outcome.NotKnown)
            {
                return false;
            }
        }

        foreach (var permission in _permissions)
        {
            if (permission.Covers(facts.Action) && permission.Allows(at, facts, null))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which rules decide whether the action in the facts is permitted at this point.</summary>
    internal Rulings Rule(EnforcementPoint at, Facts facts) => new(
        [.. Enumerable.Range(0, _prohibitions.Length).Where(i => _prohibitions[i].Covers(facts.Action) && _prohibitions[i].Strikes(at, facts, null) is Outcome.Satisfied or Outcome.NotKnown)],
        Array.FindIndex(_permissions, p => p.Covers(facts.Action) && p.Allows(at, facts, null)) is >= 0 and var allowing ? allowing : null);

    /// <summary>Asks whether the action in the facts is permitted at this point, and why.</summary>
    public Verdict Evaluate(EnforcementPoint at, Facts facts)
    {
        var trace = new Tracing();
        var changes = NextChange(facts);
        foreach (var prohibition in _prohibitions)
        {
            if (!prohibition.Covers(facts.Action))
            {
                continue;
            }

            trace.Begin(prohibition.Name);
            var strikes = prohibition.Strikes(at, facts, trace);
            if (strikes is Outcome.Satisfied or Outcome.NotKnown)
            {
                return Struck(strikes, trace, changes);
            }
        }

        TraceStep? nearest = null;
        foreach (var permission in _permissions)
        {
            if (!permission.Covers(facts.Action))
            {
                continue;
            }

            trace.Begin(permission.Name);
            if (permission.Allows(at, facts, trace))
            {
                return new Verdict(true, null, $"{permission.Name} permits it", "", trace.Steps, changes, permission.Owed);
            }

            nearest ??= trace.Decisive;
        }

        return nearest is null
            ? Deny("policy-denied", "no permission speaks of this action", "the policy has no permission for this", trace, changes)
            : Failed(nearest, trace, changes);
    }

    /// <summary>
    /// For which duties data is withheld: none where a permission lets it flow; else those that are missing of the permissions whose conditions hold, and of all of them where none of these do.
    /// </summary>
    /// <param name="duties">How it stands with the duties of this policy.</param>
    public ImmutableArray<DutyStanding> Withholding(EnforcementPoint at, Facts facts, ImmutableArray<DutyStanding> duties)
    {
        var asked = _permissions.Where(p => p.Covers(facts.Action)).ToList();
        var holding = asked.Where(p => p.Holds(at, facts, null)).ToList();
        var missing = duties.Where(d => d.IsMissing).ToList();
        return holding.Exists(p => !missing.Exists(d => d.IsOn(p.Name)))
            ? []
            : [.. missing.Where(d => (holding.Count > 0 ? holding : asked).Exists(p => d.IsOn(p.Name)))];
    }

    /// <summary>The first instant after now at which any answer of this policy can change by time alone, at any point; null when none can. Never late.</summary>
    public DateTimeOffset? NextChange(Facts facts)
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var rule in _prohibitions)
        {
            var change = rule.NextChange(facts);
            earliest = change < earliest ? change : earliest;
        }

        foreach (var rule in _permissions)
        {
            var change = rule.NextChange(facts);
            earliest = change < earliest ? change : earliest;
        }

        return earliest == DateTimeOffset.MaxValue ? null : earliest;
    }

    /// <summary>Whether the action is refused from now on for good, whatever may come to be known: no instant is left from which on time would let it be permitted.</summary>
    public bool IsOver(EnforcementPoint at, Facts facts)
    {
        var moment = facts with { TimeAlone = true };
        while (!Permits(at, moment))
        {
            if (NextChange(moment) is not { } next)
            {
                return true;
            }

            moment = moment with { Now = next };
        }

        return false;
    }

    private static Verdict Struck(Outcome strikes, Tracing trace, DateTimeOffset? changes)
    {
        var decisive = trace.Decisive;
        var condition = decisive?.Condition ?? "every use";
        return strikes == Outcome.NotKnown
            ? Deny("policy-not-known", $"{trace.Rule} may forbid it: '{condition}' is not known", $"'{condition}' is not known of you", trace, changes)
            : Deny("policy-prohibited", decisive is null ? $"{trace.Rule} forbids it" : $"{trace.Rule} forbids it: '{condition}' is {decisive.Found ?? "not known"}", $"the policy forbids it by its condition on '{condition}'", trace, changes);
    }

    private static Verdict Failed(TraceStep step, Tracing trace, DateTimeOffset? changes) => step switch
    {
        { Source: Tracing.Record, Outcome: Outcome.NotKnown } => Deny("policy-not-known", $"{step.Rule}: the duty '{step.Condition}' comes first, and is not known to be fulfilled", $"the duty '{step.Condition}' comes first, and the provider has no record that it is fulfilled", trace, changes),
        { Source: Tracing.Record } => Deny("policy-denied", $"{step.Rule}: the duty '{step.Condition}' {step.Expected}; it is {step.Found}, and has no consequence that would make that good", $"the duty '{step.Condition}' was fulfilled too late", trace, changes),
        { Outcome: Outcome.NotKnown } => Deny("policy-not-known", $"{step.Rule}: '{step.Condition}' is not known (expected: {step.Expected})", $"'{step.Condition}' is not known of you", trace, changes),
        { Source: Tracing.Clock } => Deny("policy-expired", $"{step.Rule}: '{step.Condition}' {step.Expected}, it is {step.Found}", $"outside the time that the policy allows ('{step.Condition}' {step.Expected})", trace, changes),
        _ => Deny("policy-denied", $"{step.Rule}: '{step.Condition}' is {step.Found}, expected: {step.Expected}", $"the policy's condition on '{step.Condition}' does not hold for you", trace, changes),
    };

    private static Verdict Deny(string code, string reason, string peerReason, Tracing trace, DateTimeOffset? changes) => new(false, code, reason, peerReason, trace.Steps, changes, []);
}

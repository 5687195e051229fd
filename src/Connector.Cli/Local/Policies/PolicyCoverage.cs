using Connector.Policies;

namespace Connector.Cli.Local.Policies;

/// <summary>Which rules the cases of policies asked, and which of their conditions were seen to hold and to fail.</summary>
internal sealed class PolicyCoverage(IReadOnlyList<PolicyDocument> policies)
{
    private readonly Dictionary<(string Policy, string Rule), Dictionary<(string Condition, string Expected), (bool Held, bool Failed)>> _seen = [];

    public int Rules => policies.Sum(p => RulesOf(p).Count());

    public int RulesSeen => policies.Sum(p => RulesOf(p).Count(r => _seen.ContainsKey((p.Name, r))));

    /// <summary>What no case exercises, one line each.</summary>
    public IEnumerable<string> Missing => policies.SelectMany(p => RulesOf(p).SelectMany(r => MissingOf(p.Name, r)));

    public void Note(string policy, Verdict verdict)
    {
        foreach (var step in verdict.Trace)
        {
            if (!_seen.TryGetValue((policy, step.Rule), out var conditions))
            {
                _seen[(policy, step.Rule)] = conditions = [];
            }

            var (held, failed) = conditions.GetValueOrDefault((step.Condition, step.Expected));
            conditions[(step.Condition, step.Expected)] = (held || step.Outcome == Outcome.Satisfied, failed || step.Outcome is Outcome.Unsatisfied or Outcome.NotKnown);
        }
    }

    // A rule without conditions leaves no trace and has nothing to exercise.
    private static IEnumerable<string> RulesOf(PolicyDocument document) =>
    [
        .. document.Policy.Permissions.Select((p, i) => (Name: $"permit[{i}]", Conditions: p.Constraints.Length + p.Refinements.Length))
            .Concat(document.Policy.Prohibitions.Select((p, i) => (Name: $"forbid[{i}]", Conditions: p.Constraints.Length + p.Refinements.Length)))
            .Where(r => r.Conditions > 0).Select(r => r.Name),
    ];

    private IEnumerable<string> MissingOf(string policy, string rule)
    {
        if (!_seen.TryGetValue((policy, rule), out var conditions))
        {
            return [$"{policy}.{rule} is never asked"];
        }

        return conditions.Where(c => !c.Value.Held || !c.Value.Failed).Select(c => (c.Value.Held, c.Value.Failed) switch
        {
            (true, _) => $"{policy}.{rule}: '{c.Key.Condition}' ({c.Key.Expected}) never fails",
            (_, true) => $"{policy}.{rule}: '{c.Key.Condition}' ({c.Key.Expected}) never holds",
            _ => $"{policy}.{rule}: '{c.Key.Condition}' ({c.Key.Expected}) is never decided",
        });
    }
}

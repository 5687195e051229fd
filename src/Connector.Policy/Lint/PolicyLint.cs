using System.Collections.Immutable;
using System.Globalization;

namespace Connector.Policies.Lint;

/// <summary>Finds what a policy says and its writer hardly means, by asking it and variants of it every request that it can tell apart.</summary>
public static class PolicyLint
{
    /// <param name="at">The present moment: windows that closed before it are found.</param>
    public static ImmutableArray<Finding> Check(PolicySource source, DateTimeOffset at)
    {
        var findings = new List<Finding>();
        var survey = new Survey(source.Document.Vocabulary);
        Whole(source, survey, findings);
        Permissions(source, survey, findings);
        Prohibitions(source, survey, findings);
        if (!survey.Run(source.Document.Policy))
        {
            findings.Add(new Finding("undecided", Severity.Note, source.At("has too many conditions to try every case; contradictions and redundancies were not looked for", "split it into smaller policies")));
        }

        findings.AddRange(DutyLint.Check(source, at));
        findings.AddRange(Places.Atoms(source).SelectMany(a => Alone(source, a, at)));
        return [.. findings.Distinct().OrderBy(f => f.Fault.Line).ThenBy(f => f.Fault.Column).ThenBy(f => f.Code, StringComparer.Ordinal)];
    }

    private static void Whole(PolicySource source, Survey survey, List<Finding> findings) => survey.Ask(source.Document.Policy, answers =>
    {
        var never = Enum.GetValues<EnforcementPoint>().Where(p => !answers.PermitsAt(p)).ToList();
        if (never.Count > 0)
        {
            var points = string.Join(", ", never.Select(p => p.ToString().ToLowerInvariant()));
            findings.Add(new Finding("contradiction", Severity.Error, source.At($"never permits anything at {points}", "mend the contradictory rule, or add a permission")));
        }
    });

    private static void Permissions(PolicySource source, Survey survey, List<Finding> findings)
    {
        var policy = source.Document.Policy;
        for (var i = 0; i < policy.Permissions.Length; i++)
        {
            var (rule, permission, contradictory) = (i, policy.Permissions[i], false);
            survey.Ask(new Policy { Permissions = [permission] }, answers =>
            {
                contradictory = !answers.PermitsAt(EnforcementPoint.Use);
                Add(contradictory, "contradiction", Severity.Error, "its conditions can never hold together", "look for two that exclude each other, such as a window that ends before it begins");
            });
            survey.Ask(new Policy { Permissions = [permission], Prohibitions = policy.Prohibitions }, answers =>
                Add(!contradictory && !answers.PermitsAt(EnforcementPoint.Use), "shadowed", Severity.Error, "a prohibition forbids all that it permits", "narrow the prohibition, or remove this permission"));
            if (policy.Permissions.Length > 1)
            {
                survey.Ask(With(policy, permissions: policy.Permissions.RemoveAt(i)), answers =>
                    Add(!contradictory && answers.Same, "redundant", Severity.Warning, "the other permissions already permit all of it", "remove it, or say what it should permit beyond them"));
            }

            for (var c = 0; c < permission.Constraints.Length; c++)
            {
                var constraint = c;
                if (source.IsEnforced(permission.Constraints[c]))
                {
                    survey.Ask(With(policy, permissions: policy.Permissions.SetItem(i, permission with { Constraints = permission.Constraints.RemoveAt(c) })), answers =>
                        findings.AddRange(!contradictory && answers.Same
                            ? [new Finding("redundant", Severity.Warning, source.At("permit", rule, constraint, "changes nothing: the other conditions and rules already decide it", "remove it"))]
                            : []));
                }
            }

            void Add(bool found, string code, Severity severity, string message, string mend) =>
                findings.AddRange(found ? [new Finding(code, severity, source.At("permit", rule, message, mend))] : []);
        }
    }

    private static void Prohibitions(PolicySource source, Survey survey, List<Finding> findings)
    {
        var policy = source.Document.Policy;
        for (var i = 0; i < policy.Prohibitions.Length; i++)
        {
            var (rule, never) = (i, false);
            survey.Ask(new Policy { Permissions = [new Permission(policy.Prohibitions[i].Action, [], [])], Prohibitions = [policy.Prohibitions[i]] }, answers =>
            {
                never = !answers.RefusesAnywhere;
                findings.AddRange(never ? [new Finding("contradiction", Severity.Error, source.At("forbid", rule, "never strikes: its conditions can never hold together", "look for two that exclude each other"))] : []);
            });
            survey.Ask(With(policy, prohibitions: policy.Prohibitions.RemoveAt(i)), answers =>
                findings.AddRange(!never && answers.Same ? [new Finding("redundant", Severity.Note, source.At("forbid", rule, "forbids only what no permission permits", "keep it if the partner should read it; it decides nothing"))] : []));
        }
    }

    private static IEnumerable<Finding> Alone(PolicySource source, PlacedAtom placed, DateTimeOffset at)
    {
        var operand = source.OperandOf(placed.Atom);
        if (operand is { Points.Count: 0 })
        {
            yield return new Finding("unenforced", Severity.Note, placed.Fault($"'{operand.Word}' binds by contract alone: no point of enforcement asks it", "keep it as a term of the contract, or use a condition that a connector can check"));
        }

        if (operand is { Points.Count: 1 } && operand.Points.Contains(EnforcementPoint.Use))
        {
            yield return new Finding("unenforced", Severity.Note, placed.Fault($"'{operand.Word}' is asked only when the data is used: no catalog, negotiation or transfer refuses anybody for it", "keep it for the consumer to heed; to refuse somebody earlier, ask for what is verified of them"));
        }

        if (operand?.Source == FactSource.Clock && placed.Atom.Operator is ConstraintOperator.Lt or ConstraintOperator.Lteq or ConstraintOperator.Eq
            && Spans.TryInstant(placed.Atom.Values[0], out var end) && end <= at)
        {
            yield return new Finding("past", Severity.Warning, placed.Fault(string.Create(CultureInfo.InvariantCulture, $"the window closed at {placed.Atom.Values[0]}"), "set a later instant, or remove the rule"));
        }
    }

    private static Policy With(Policy policy, ImmutableArray<Permission>? permissions = null, ImmutableArray<Prohibition>? prohibitions = null) => new()
    {
        Permissions = permissions ?? policy.Permissions,
        Prohibitions = prohibitions ?? policy.Prohibitions,
        Obligations = policy.Obligations,
        Profiles = policy.Profiles,
    };
}

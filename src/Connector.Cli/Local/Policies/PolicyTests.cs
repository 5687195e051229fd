using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary>One case of a policy's tests.</summary>
/// <param name="Wrong">What was decided instead; null when the case passed.</param>
internal sealed record PolicyTestResult(string Name, string? Wrong);

/// <summary>Cases beside policies: facts, and the verdict that they must lead to.</summary>
internal static class PolicyTests
{
    public static (IReadOnlyList<PolicyTestResult> Results, PolicyCoverage Coverage) Run(IReadOnlyList<PolicyDocument> policies, string folder)
    {
        if (policies.GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new Failure($"two policies are called '{twice.Key}'", "give one of them another name");
        }

        var known = policies.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var coverage = new PolicyCoverage(policies);
        return ([.. Directory.EnumerateFiles(folder, "*.policytest.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(file => File(file, known, coverage))], coverage);
    }

    private static List<PolicyTestResult> File(string file, Dictionary<string, PolicyDocument> policies, PolicyCoverage coverage)
    {
        var faults = new List<Fault>();
        var results = new List<PolicyTestResult>();
        foreach (var document in YamlTree.Read(System.IO.File.ReadAllText(file), file, faults))
        {
            if (document.Root is YamlMapping mapping)
            {
                var fields = new Fields(mapping, "", file, faults);
                var policy = fields.Required("policy", "name the policy that is tested");
                results.AddRange(fields.Sections("cases").Select(c => Case(c, policy, policies, coverage)));
                fields.Close();
            }
        }

        return faults.Count == 0 ? results : throw new Failure(string.Join('\n', faults), "mend the test file");
    }

    private static PolicyTestResult Case(Fields fields, string name, Dictionary<string, PolicyDocument> policies, PolicyCoverage coverage)
    {
        var title = $"{name}: {fields.Required("name", "say in a sentence what the case shows")}";
        var expected = fields.OneOf("expect", "permit", "refuse");
        var reason = fields.Text("reason");
        var facts = WhatIf.Of(
            fields.Text("as") ?? "did:web:somebody.example", fields.Words("claims").Select(c => $"{c.Key}={c.Value}"), fields.Texts("purposes"), fields.Text("at"), fields.Text("signed"));
        var point = WhatIf.Point(fields.Text("for") ?? "negotiation");
        fields.Close();
        if (!policies.TryGetValue(name, out var policy))
        {
            return new PolicyTestResult(title, $"there is no policy '{name}'; {Fields.Suggest(name, policies.Keys)}");
        }

        var verdict = CompiledPolicy.Compile(policy.Policy, policy.Vocabulary).Evaluate(point, facts);
        coverage.Note(name, verdict);
        return new PolicyTestResult(title, verdict.Permitted == (expected == "permit") && (reason is null || verdict.ReasonCode == reason)
            ? null
            : $"expected {expected} {reason}, decided {(verdict.Permitted ? "permit" : $"refuse {verdict.ReasonCode}")}: {verdict.Reason}");
    }
}

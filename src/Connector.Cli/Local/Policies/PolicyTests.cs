using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary>What became of one case.</summary>
/// <param name="Wrong">What was decided instead; null when the case passed.</param>
internal sealed record PolicyTestResult(PolicyCase Case, string? Wrong);

/// <summary>Runs the cases beside policies.</summary>
internal static class PolicyTests
{
    /// <exception cref="Failure">Two policies have one name, or a test file has faults.</exception>
    public static (IReadOnlyList<PolicyTestResult> Results, PolicyCoverage Coverage) Run(IReadOnlyList<PolicyDocument> policies, string folder)
    {
        if (policies.GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new Failure($"two policies are called '{twice.Key}'", "give one of them another name");
        }

        var known = policies.ToDictionary(p => p.Name, p => CompiledPolicy.Compile(p.Policy, p.Vocabulary), StringComparer.Ordinal);
        var coverage = new PolicyCoverage(policies);
        var faults = new Faults();
        var cases = YamlFiles.Tests(folder).SelectMany(file => Read(file, known.Keys, faults)).ToList();
        return faults.Count == 0
            ? ([.. cases.Select(c => new PolicyTestResult(c, Wrong(c, known[c.Policy], coverage)))], coverage)
            : throw new Failure(string.Join('\n', faults), "mend the test files first");
    }

    private static List<PolicyCase> Read(string file, Dictionary<string, CompiledPolicy>.KeyCollection policies, Faults faults)
    {
        using var stream = File.OpenRead(file);
        var cases = new List<PolicyCase>();
        foreach (var document in YamlBytes.Read(stream, file, faults) is { } text ? YamlTree.Read(text, file, faults) : [])
        {
            if (document.Root is not YamlMapping mapping)
            {
                faults.Add(new Fault(file, document.Root.Line, document.Root.Column, "", "is no test of a policy", "begin with policy: and cases:"));
                continue;
            }

            var fields = new Fields(mapping, "", file, faults);
            var policy = fields.Required("policy", "name the policy that is tested");
            if (policy.Length > 0 && !policies.Contains(policy))
            {
                fields.Fault(fields.Find("policy")!, "policy", $"there is no policy '{Fields.Shown(policy)}'", policies.Count == 0 ? "put it into a file beside this one" : Fields.Suggest(policy, policies));
            }

            cases.AddRange(fields.Sections("cases").Select(c => PolicyCase.Read(policy, c, file)));
            fields.Close();
        }

        return cases;
    }

    private static string? Wrong(PolicyCase @case, CompiledPolicy policy, PolicyCoverage coverage)
    {
        var verdict = policy.Evaluate(@case.At, @case.Facts);
        coverage.Note(@case.Policy, verdict);
        if (verdict.Permitted == @case.Permitted && (@case.Reason is null || verdict.ReasonCode == @case.Reason))
        {
            return null;
        }

        var expected = @case.Permitted ? "permit" : $"refuse{(@case.Reason is null ? "" : $" ({@case.Reason})")}";
        return $"expected {expected}, decided {(verdict.Permitted ? "permit" : $"refuse ({verdict.ReasonCode})")}: {verdict.Reason}";
    }
}

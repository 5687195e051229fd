using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy test</c>: whether policies decide as the cases beside them say.</summary>
internal static class TestVerb
{
    public static Verb Build()
    {
        var test = new Verb("test", "Run the cases of *.policytest.yaml files against the policies beside them", "connector policy test policies/", "connector policy test policies/ --complete");
        var folder = test.With(new Argument<string>("DIR") { Description = $"Folder with policies, and their tests in *.policytest.yaml files: {YamlFiles.All}" });
        var complete = test.With(new Option<bool>("--complete") { Description = "What no case exercises makes it fail too" });
        test.Add(PolicyFiles.VocabularyOption);
        test.Add(VerbOptions.Output);
        test.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            if (!Directory.Exists(path))
            {
                throw new Failure($"{path} is no folder", "name the folder that holds the policies and their *.policytest.yaml files");
            }

            var (results, coverage) = PolicyTests.Run(PolicyFiles.Read(parsed, path).Sound().Policies, path);
            if (results.Count == 0)
            {
                throw new Failure($"there is no case in {path}", "write some into a *.policytest.yaml file beside the policies");
            }

            new Screen(parsed).Show(Json(results, coverage), _ => Write(parsed.InvocationConfiguration.Output, results, coverage));
            var gaps = parsed.GetValue(complete) && coverage.Missing.Any();
            return results.All(r => r.Wrong is null) && !gaps ? ExitCode.Done : ExitCode.Refused;
        });
        return test;
    }

    private static void Write(TextWriter output, IReadOnlyList<PolicyTestResult> results, PolicyCoverage coverage)
    {
        foreach (var (@case, wrong) in results)
        {
            output.WriteLine(wrong is null ? $"ok    {@case.Policy}: {@case.Name}" : $"FAIL  {@case.Policy}: {@case.Name}\n      {@case.Place}: {wrong}");
        }

        var missing = coverage.Missing.ToList();
        missing.ForEach(m => output.WriteLine($"gap   {m}"));
        var failed = results.Count(r => r.Wrong is not null);
        output.WriteLine($"{results.Count - failed} passed, {failed} failed; {coverage.RulesSeen} of {coverage.Rules} rules asked; {missing.Count} {(missing.Count == 1 ? "gap" : "gaps")}");
    }

    private static JsonObject Json(IReadOnlyList<PolicyTestResult> results, PolicyCoverage coverage) => new()
    {
        ["cases"] = new JsonArray([.. results.Select(r => (JsonNode)new JsonObject
        {
            ["policy"] = r.Case.Policy,
            ["case"] = r.Case.Name,
            ["place"] = r.Case.Place,
            ["passed"] = r.Wrong is null,
            ["wrong"] = r.Wrong,
        })]),
        ["rules"] = new JsonObject { ["all"] = coverage.Rules, ["asked"] = coverage.RulesSeen },
        ["gaps"] = new JsonArray([.. coverage.Missing.Select(m => (JsonNode)m)]),
    };
}

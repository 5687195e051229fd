using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Policies;
using Spectre.Console;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy</c>: looks at policy files before they bite. Needs no running connector.</summary>
internal static class PolicyVerb
{
    public static Command Build() => new Verb("policy", "Check, test and explain policy files before they are applied", "connector policy lint policies/", "connector policy test policies/")
    {
        LintVerb.Build(),
        TestVerb.Build(),
        Explain(),
        RenderVerb.Build(),
        DiffVerb.Build(),
        SchemaVerb.Build(),
    };

    private static Verb Explain()
    {
        var explain = new Verb(
            "explain",
            "Say what a policy decides for somebody, and why: every condition with what was expected and found",
            "connector policy explain offers/policies.yaml --policy cfp-direct-customers --as did:web:battery.example --claim membership=active --purpose pcf-calculation --for negotiation");
        var path = explain.With(new Argument<string>("PATH") { Description = "File or folder" });
        var name = explain.With(new Option<string>("--policy") { Description = "Which policy; not needed when there is one" });
        var participant = explain.With(new Option<string>("--as") { Description = "Who asks: a participant id", Required = true });
        var claims = explain.With(new Option<string[]>("--claim") { Description = "A verified claim, name=value; may be given again", DefaultValueFactory = _ => [] });
        var file = explain.With(new Option<string>("--claims") { Description = "File of verified claims: a YAML mapping of names to a value or a list of values" });
        var purposes = explain.With(new Option<string[]>("--purpose") { Description = "A declared purpose; may be given again", DefaultValueFactory = _ => [] });
        var at = explain.With(new Option<string>("--at") { Description = "When, with offset; else now" });
        var signed = explain.With(new Option<string>("--signed") { Description = "When the agreement was signed" });
        var point = explain.With(new Option<string>("--for") { Description = "catalog, negotiation, transfer or use", DefaultValueFactory = _ => "negotiation" });
        var action = explain.With(new Option<string>("--action") { Description = "What is to be done: an action of ODRL", DefaultValueFactory = _ => "use" });
        var used = explain.With(new Option<string>("--last-used") { Description = "When the data was last used" });
        var observed = explain.With(new Option<string[]>("--observed") { Description = "What is observed of the use, word=value; may be given again", DefaultValueFactory = _ => [] });
        var fulfilled = explain.With(new Option<string[]>("--fulfilled") { Description = "A duty that is done; may be given again", DefaultValueFactory = _ => [] });
        explain.Add(PolicyFiles.VocabularyOption);
        explain.Add(VerbOptions.Output);
        explain.SetAction(parsed =>
        {
            var policy = Choose(PolicyFiles.Read(parsed, parsed.GetRequiredValue(path)), parsed.GetValue(name));
            var facts = WhatIf.Of(parsed.GetRequiredValue(participant), [.. parsed.GetValue(file) is { } from ? ClaimsFile.Read(from) : [], .. parsed.GetValue(claims)!], parsed.GetValue(purposes)!, parsed.GetValue(at), parsed.GetValue(signed), parsed.GetValue(action))
                with
            {
                LastUsedAt = parsed.GetValue(used) is { } last ? WhatIf.Instant(last) : null,
                Observed = WhatIf.Stated(parsed.GetValue(observed)!),
                Fulfilled = [.. parsed.GetValue(fulfilled)!],
            };
            var verdict = CompiledPolicy.Compile(policy.Policy, policy.Vocabulary).Evaluate(WhatIf.Point(parsed.GetValue(point)!), facts);
            new Screen(parsed).Show(JsonNode.Parse(verdict.ToJson())!, console => Write(console, policy.Name, verdict));
            return verdict.Permitted ? ExitCode.Done : ExitCode.Refused;
        });
        return explain;
    }

    private static PolicyDocument Choose(PolicyFiles files, string? name)
    {
        if (files.Faults.Count > 0)
        {
            throw new Failure(string.Join('\n', files.Faults), "mend the faults first");
        }

        var named = files.Policies.Where(p => name is null || p.Name == name).ToList();
        return named is [var one] ? one : throw new Failure($"there are {named.Count} policies {(name is null ? "here" : $"called '{name}'")}: {string.Join(", ", files.Policies.Select(p => p.Name))}", "name one with --policy");
    }

    private static void Write(IAnsiConsole console, string name, Verdict verdict)
    {
        console.WriteLine($"{name}: {(verdict.Permitted ? "permitted" : $"refused ({verdict.ReasonCode})")}: {verdict.Reason}");
        foreach (var step in verdict.Trace)
        {
            console.WriteLine($"  {step.Rule,-12}{step.Condition,-20}{step.Outcome,-16}expected {step.Expected}; found {step.Found ?? "nothing"}{(step.Source is null ? "" : $" ({step.Source})")}");
        }

        if (verdict.ChangesAt is { } changes)
        {
            console.WriteLine($"  can change by time alone at {changes:O}");
        }
    }
}

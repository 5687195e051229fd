using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Policies.Lint;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy lint</c>: what is wrong in policy files, and what they say that their writer hardly means.</summary>
internal static class LintVerb
{
    public static Verb Build()
    {
        var lint = new Verb(
            "lint",
            "Report every fault in policy files, and what they say that is hardly meant, each with its line and how to mend it",
            "connector policy lint policies/",
            "connector policy lint offers/policies.yaml --at 2027-01-01T00:00:00Z -o json");
        var paths = lint.With(new Argument<string[]>("PATH") { Description = $"Files or folders; {YamlFiles.Rule}", Arity = ArgumentArity.OneOrMore });
        var at = lint.With(new Option<string>("--at") { Description = "The moment before which windows count as past, with offset; else now" });
        var strict = lint.With(new Option<bool>("--strict") { Description = "Warnings make it fail too" });
        lint.Add(PolicyFiles.VocabularyOption);
        lint.Add(VerbOptions.Output);
        lint.SetAction(parsed =>
        {
            var files = PolicyFiles.Read(parsed, parsed.GetRequiredValue(paths));
            if (files is { Documents: 0, Faults.Count: 0 })
            {
                throw new Failure($"there is no document in {string.Join(", ", parsed.GetRequiredValue(paths))}", "name files or folders with policies");
            }

            var now = parsed.GetValue(at) is { } moment ? Instants.Read(moment) : TimeProvider.System.GetUtcNow();
            List<Finding> findings =
            [
                .. files.Faults.Select(f => new Finding("fault", Severity.Error, f)),
                .. files.Sources.SelectMany(s => PolicyLint.Check(s, now)),
                .. OfferLint.Check(files.Offers, files.Sources),
            ];
            new Screen(parsed).Show(
                new JsonObject { ["policies"] = files.Policies.Count, ["findings"] = new JsonArray([.. findings.Select(f => (JsonNode)Json(f))]) },
                _ => Write(parsed.InvocationConfiguration.Output, files.Policies.Count, findings));
            return findings.Any(f => f.Severity >= (parsed.GetValue(strict) ? Severity.Warning : Severity.Error)) ? ExitCode.Refused : ExitCode.Done;
        });
        return lint;
    }

    private static void Write(TextWriter output, int policies, List<Finding> findings)
    {
        findings.ForEach(f => output.WriteLine(f.ToString()));
        output.WriteLine($"{policies} policies read, {Count(Severity.Error)} errors, {Count(Severity.Warning)} warnings, {Count(Severity.Note)} notes");

        int Count(Severity severity) => findings.Count(f => f.Severity == severity);
    }

    private static JsonObject Json(Finding finding) => new()
    {
        ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
        ["code"] = finding.Code,
        ["file"] = finding.Fault.File,
        ["line"] = finding.Fault.Line,
        ["column"] = finding.Fault.Column,
        ["path"] = finding.Fault.Path,
        ["message"] = finding.Fault.Message,
        ["mend"] = finding.Fault.Mend,
    };
}

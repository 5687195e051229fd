using System.Text;
using Connector.ControlPlane.Publications;
using Connector.Policies;
using Connector.Testing;

namespace Connector.Cli.Tests.Local.Policies;

/// <summary>What the verbs say of each policy that ships; the folder is walked, so that none is left out.</summary>
public sealed class ShippedPoliciesTests
{
    private const string Example = "policies/examples/battery-cfp/policies.yaml";

    private static readonly string[] s_stranger = ["--as", "did:web:stranger.example"];
    private static readonly string[] s_customer =
    [
        "--as", "did:web:battery.example.jp", "--claim", "membership=active", "--claim", "corporateNumber=7999999999902", "--claim", "country=DE", "--claim", "dataLocation=DE",
        "--purpose", "cbam-reporting", "--signed", "2027-01-01T00:00:00Z",
    ];

    [Fact]
    public async Task Explain_says_why_a_stranger_and_a_customer_get_it_or_not()
    {
        var text = new StringBuilder();
        foreach (var (file, name) in Policies())
        {
            foreach (var (who, asked, point) in (IEnumerable<(string, string[], string)>)[("a stranger", s_stranger, "negotiation"), ("a customer", s_customer, "negotiation"), ("a customer", s_customer, "transfer")])
            {
                var run = await PolicyFolder.Run(["explain", file, "--policy", name, .. asked, "--for", point, "--at", "2027-02-01T00:00:00Z"]);
                Assert.True(run.Error.Length == 0, run.Error);
                text.Append($"# {who} at {point}, exit code {run.ExitCode}\n{run.Output}\n");
            }
        }

        Assert.Equal(Golden.Expect("explain.txt", text.ToString()), text.ToString());
    }

    [Fact]
    public async Task Diff_says_what_each_policy_would_permit_if_its_first_condition_fell()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder();
        foreach (var (file, name) in Policies())
        {
            var document = Read(file).Single(p => p.Name == name);
            var (first, old) = (document.Policy.Permissions[0], PolicyYaml.Write(document));
            var wider = PolicyYaml.Write(document with { Policy = new() { Permissions = [first with { Constraints = first.Constraints.RemoveAt(0) }], Prohibitions = document.Policy.Prohibitions } });

            var run = await PolicyFolder.Run("diff", folder.Write("old.yaml", old), folder.Write("new.yaml", wider));

            Assert.Equal((1, ""), (run.ExitCode, run.Error));
            text.Append($"{run.Output}\n");
        }

        Assert.Equal(Golden.Expect("diff-shipped.txt", text.ToString()), text.ToString());
    }

    [Fact]
    public async Task Render_turns_every_policy_into_ODRL_and_a_policy_file_and_back()
    {
        using var folder = new TemporaryFolder();
        foreach (var (file, name) in Policies())
        {
            var document = Read(file).Single(p => p.Name == name);
            var yaml = (await ShellRun.Of("policy", "render", folder.Write("p.yaml", PolicyYaml.Write(document)), "--as", "yaml")).Output;
            var odrl = (await ShellRun.Of("policy", "render", folder.Write("p.yaml", yaml), "--as", "odrl")).Output;
            var back = (await ShellRun.Of("policy", "render", folder.Write("p.json", odrl), "--as", "yaml")).Output;

            Assert.Equal(PolicyYaml.Write(document), yaml);
            Assert.Equal(yaml, back);
        }

        var run = await PolicyFolder.Run("render", "policies", "--as", "odrl");
        Assert.Equal(Golden.Expect("render.odrl.json", run.Output), run.Output);
    }

    [Theory]
    [InlineData("lint", "policies")]
    [InlineData("test", "policies")]
    [InlineData("render", "policies")]
    [InlineData("diff", "policies", "policies")]
    [InlineData("explain", "policies/examples/battery-cfp/policies.yaml", "--policy", "members-only", "--as", "did:web:a.example")]
    public async Task Every_verb_speaks_JSON_and_without_colours_to_programs(params string[] verb)
    {
        var run = await PolicyFolder.Run([.. verb, "-o", "json"]);

        Assert.Equal("", run.Error);
        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.DoesNotContain('\u001b', (await PolicyFolder.Run(verb)).Output);
    }

    [Theory]
    [InlineData(2, "explain", Example, "--policy", "members-only", "--as", "did:web:a.example", "--at", "yesterday")]
    [InlineData(2, "explain", Example, "--policy", "members-only", "--as", "did:web:a.example", "--for", "lunch")]
    [InlineData(2, "explain", Example, "--policy", "members-only", "--as", "did:web:a.example", "--claim", "membership")]
    [InlineData(2, "lint", Example, "--at", "2027-01-01")]
    [InlineData(2, "render", Example, "--lang", "de")]
    [InlineData(2, "render", Example, "--as", "xml")]
    [InlineData(2, "diff", Example)]
    [InlineData(1, "lint", "policies/schema")]
    [InlineData(1, "test", Example)]
    [InlineData(1, "test", "policies/schema")]
    [InlineData(1, "render", "policies/schema")]
    [InlineData(1, "render", "policies/schema/connector.schema.json")]
    [InlineData(1, "diff", Example, "policies/nowhere")]
    public async Task What_is_wrong_on_the_command_line_is_told_by_exit_code_2_and_what_is_not_there_by_1(int code, params string[] verb)
    {
        var run = await PolicyFolder.Run(verb);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.NotEqual("", run.Error);
    }

    private static IEnumerable<(string File, string Name)> Policies() =>
        from file in Directory.EnumerateFiles(Path.Combine(PolicyFolder.Root, "policies"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where !file.EndsWith(".policytest.yaml", StringComparison.Ordinal)
        from policy in Read(file)
        select (file, policy.Name);

    private static IEnumerable<PolicyDocument> Read(string file)
    {
        var faults = new List<Fault>();
        var read = DocumentReader.Read(DocumentReader.Open(new DocumentFile(file, "/", File.ReadAllText(file)), default, faults), Vocabulary.BuiltIn, faults);
        Assert.Empty(faults);
        return read.Documents.Select(d => d.Content).OfType<PolicyDocument>();
    }
}

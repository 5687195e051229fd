namespace Connector.Cli.Tests.Local.Policies;

public sealed class ExplainTests
{
    private const string Policies = "policies/examples/battery-cfp/policies.yaml";

    [Fact]
    public async Task A_verdict_is_explained_for_claims_of_a_file()
    {
        using var folder = new TemporaryFolder();
        var claims = folder.Write("claims.yaml", "membership: active\ncorporateNumber: [ \"7999999999902\" ]\n");

        var run = await Explain("--claims", claims, "--purpose", "pcf-calculation");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("permit[0]", run.Output, StringComparison.Ordinal);
        Assert.Contains("found 7999999999902 (given here)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claims_file_that_cannot_be_read_is_named_with_the_place()
    {
        using var folder = new TemporaryFolder();
        var claims = folder.Write("claims.yaml", "membership: { is: active }\n");

        var run = await Explain("--claims", claims);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("claims.yaml:1:13: membership", run.Error, StringComparison.Ordinal);
    }

    private static Task<ShellRun> Explain(params string[] more) =>
        PolicyFolder.Run(["explain", Policies, "--policy", "cfp-direct-customers", "--as", "did:web:battery.example", "--at", "2027-01-01T00:00:00Z", .. more]);
}

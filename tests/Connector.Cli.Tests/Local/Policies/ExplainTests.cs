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

    [Theory]
    [InlineData("cfp-direct-customers", "there is no file or folder 'cfp-direct-customers' here, and as an id of what the running connector decided: ", "--policy")]
    [InlineData("offers/policies.yaml", "offers/policies.yaml does not exist", "name a file or a folder")]
    [InlineData("policies.yaml", "policies.yaml does not exist", "name a file or a folder")]
    public async Task What_is_not_there_is_told_with_what_was_looked_for(string named, string said, string mend)
    {
        using var folder = new TemporaryFolder();
        var run = await ShellRun.Of("policy", "explain", named, "--as", "did:web:battery.example", "--config", folder.Sub("connector.yaml"));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {said}", run.Error, StringComparison.Ordinal);
        Assert.Contains(mend, run.Error, StringComparison.Ordinal);
    }

    private static Task<ShellRun> Explain(params string[] more) =>
        PolicyFolder.Run(["explain", Policies, "--policy", "cfp-direct-customers", "--as", "did:web:battery.example", "--at", "2027-01-01T00:00:00Z", .. more]);
}

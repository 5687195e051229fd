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

    [Fact]
    public async Task A_claims_file_that_is_no_text_or_too_long_is_told_with_the_place()
    {
        using var folder = new TemporaryFolder();
        var claims = folder.Write("claims.yaml", "");

        File.WriteAllBytes(claims, [.. "a: b\nc: "u8, 0xE9, .. "\n"u8]);
        Assert.Contains("claims.yaml:2:4: byte 0xE9 is not UTF-8; save the file as UTF-8", (await Explain("--claims", claims)).Error, StringComparison.Ordinal);

        File.WriteAllText(claims, new string('#', 2_000_000));
        Assert.Contains("claims.yaml:1:1048577: the file goes on past 1048576 bytes", (await Explain("--claims", claims)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Refused, "there is no file or folder 'cfp-direct-customers' here, and as an id of what the running connector decided: the configuration has faults", "--policy", "cfp-direct-customers")]
    [InlineData(ExitCode.WrongUsage, "there is no file or folder 'cfp-direct-customers' here, and as an id of what the running connector decided: --as is for policies in files", "--policy", "cfp-direct-customers", "--as", "did:web:battery.example")]
    [InlineData(ExitCode.Refused, "offers/policies.yaml is neither a file nor a folder", "name a file or a folder", "offers/policies.yaml", "--as", "did:web:battery.example")]
    [InlineData(ExitCode.Refused, "policies.yaml is neither a file nor a folder", "name a file or a folder", "policies.yaml")]
    public async Task What_is_not_there_is_told_with_what_was_looked_for(int exitCode, string said, string mend, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var run = await ShellRun.Of(["policy", "explain", .. arguments, "--config", folder.Sub("connector.yaml")]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith($"error: {said}", run.Error, StringComparison.Ordinal);
        Assert.Contains(mend, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+9")]
    [InlineData("1")]
    [InlineData(" 1")]
    [InlineData("-1")]
    [InlineData("catalog,use")]
    public async Task Only_a_word_names_a_point_of_enforcement(string point)
    {
        var run = await Explain($"--for={point}");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.StartsWith($"error: '{point}' is no point of enforcement", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--signed is for policies in files", "--offer", "o", "--as", "battery", "--signed", "2027-01-01T00:00:00Z")]
    [InlineData("--action is for policies in files", "--offer", "o", "--as", "battery", "--action", "print")]
    [InlineData("--observed is for policies in files", "urn:uuid:1", "--observed", "count=1")]
    [InlineData("--fulfilled is for policies in files and for offers", "urn:uuid:1", "--fulfilled", "obtainConsent")]
    [InlineData("--at is for policies in files and for offers", "urn:uuid:1", "--at", "2027-01-01T00:00:00Z")]
    public async Task What_would_not_be_heeded_is_wrong_usage(string said, params string[] arguments)
    {
        var run = await ShellRun.Of(["policy", "explain", .. arguments]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.StartsWith($"error: {said}", run.Error, StringComparison.Ordinal);
    }

    private static Task<ShellRun> Explain(params string[] more) =>
        PolicyFolder.Run(["explain", Policies, "--policy", "cfp-direct-customers", "--as", "did:web:battery.example", "--at", "2027-01-01T00:00:00Z", .. more]);
}

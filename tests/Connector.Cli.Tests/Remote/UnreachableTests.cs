using System.Text.Json.Nodes;

namespace Connector.Cli.Tests.Remote;

/// <summary>Verbs against a connector that does not run.</summary>
public sealed class UnreachableTests
{
    [Theory]
    [InlineData("get", "offers")]
    [InlineData("get", "negotiations", "urn:uuid:1")]
    [InlineData("delete", "peer", "acme")]
    [InlineData("catalog", "acme")]
    [InlineData("negotiate", "acme", "offer", "--wait")]
    [InlineData("offer", "acme", "offer")]
    [InlineData("approve", "urn:uuid:1")]
    [InlineData("counter", "urn:uuid:1")]
    [InlineData("refuse", "urn:uuid:1")]
    [InlineData("terminate", "urn:uuid:1")]
    [InlineData("pull", "urn:uuid:1", "--to", "x")]
    [InlineData("transfers", "watch")]
    [InlineData("audit", "verify")]
    public async Task A_verb_says_that_nobody_answers_and_what_to_do(params string[] args)
    {
        using var folder = new TemporaryFolder();
        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--management-port", "9");

        var run = await ShellRun.Of([.. args, "--config", folder.Sub("a/connector.yaml")]);

        Assert.Equal((ExitCode.Refused, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: no connector answers at 127.0.0.1:9 [unreachable]\nto do: start it with 'connector run'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_all_well_but_the_connector_itself()
    {
        using var folder = new TemporaryFolder();
        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--management-port", "9");

        var run = await ShellRun.Of("doctor", "--config", folder.Sub("a/connector.yaml"), "-o", "json");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        var findings = JsonNode.Parse(run.Output)!["findings"]!.AsArray();
        Assert.Equal(["connector"], findings.Where(f => (string)f!["health"]! == "wrong").Select(f => (string)f!["check"]!));
        Assert.Equal(["configuration", "signing keys", "certificate", "operator token", "store", "connector"], findings.Select(f => (string)f!["check"]!));
    }

    [Fact]
    public async Task The_doctor_names_a_key_that_others_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are those of Unix");
        using var folder = new TemporaryFolder();
        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--management-port", "9");
#pragma warning disable CA1416
        File.SetUnixFileMode(folder.Sub("a/keys/signing-0001.pem"), (UnixFileMode)0b110_100_000);
#pragma warning restore CA1416

        var run = await ShellRun.Of("doctor", "--config", folder.Sub("a/connector.yaml"));

        Assert.Contains("wrong  signing keys: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("chmod 600", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_with_a_faulty_configuration_lists_its_faults()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("connector.yaml", "participant:\n  id: x\n");

        var run = await ShellRun.Of("get", "peers", "-c", path);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("connector.yaml:2:7: participant.id", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_to_apply_that_are_not_there_are_named()
    {
        using var folder = new TemporaryFolder();
        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--management-port", "9");

        var run = await ShellRun.Of("apply", "-f", folder.Sub("none.yaml"), "-c", folder.Sub("a/connector.yaml"));

        Assert.Contains($"{folder.Sub("none.yaml")} is neither a file nor a folder", run.Error, StringComparison.Ordinal);
    }
}

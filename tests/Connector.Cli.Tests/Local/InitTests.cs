using System.Text.Json.Nodes;
using Connector.Daemon.Configuration;

namespace Connector.Cli.Tests.Local;

public sealed class InitTests
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    public async Task What_init_writes_is_a_configuration_without_faults()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--name", "A \"quoted\" \\ 株式会社", "--corporate-number", "8000012010038", "--port", "1234");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        var options = ConfigurationReader.Read(folder.Sub("a/connector.yaml"), new Dictionary<string, string>());
        Assert.Empty(options.Faults);
        Assert.Equal("A \"quoted\" \\ 株式会社", options.Options!.Participant.Name);
        Assert.Equal("8000012010038", options.Options.Participant.Identifiers.CorporateNumber);
        Assert.Equal((1234, "https://localhost:1234/"), (options.Options.Listen.Peers.Port, options.Options.Listen.Peers.PublicAddress!.ToString()));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Secrets_are_readable_by_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are those of Unix");
        using var folder = new TemporaryFolder();

        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example");

        foreach (var secret in (string[])["operator.token", "keys", "keys/tls.key", "keys/signing-0001.pem", "data"])
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.Sub("a/" + secret)) & Others);
        }
    }

    [Fact]
    public async Task The_peer_document_carries_keys_pin_address_and_identifiers()
    {
        using var folder = new TemporaryFolder();

        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:acme.example:plants:Himeji_2", "--lei", "5493001KJTIIGC8Y1R12", "--host", "::1", "--port", "99");

        var text = await File.ReadAllTextAsync(folder.Sub("a/peer.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("\nname: himeji-2\n", text, StringComparison.Ordinal);
        Assert.Contains("\naddress: https://[::1]:99\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  lei: \"5493001KJTIIGC8Y1R12\"\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\ncertificates: \[ ""[A-Za-z0-9_-]{43}"" \]\n", text);
        var key = JsonNode.Parse(text.Split('\n').Single(l => l.StartsWith("  - {", StringComparison.Ordinal))[4..])!;
        Assert.Equal("EC", (string)key["kty"]!);
        Assert.Null(key["d"]);
        Assert.StartsWith("did:web:acme.example:plants:Himeji_2#", (string)key["kid"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_connectors_share_no_secret()
    {
        using var folder = new TemporaryFolder();

        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example");
        await ShellRun.Of("init", folder.Sub("b"), "--id", "did:web:a.example");

        foreach (var file in (string[])["operator.token", "keys/tls.key", "keys/signing-0001.pem", "peer.yaml"])
        {
            Assert.NotEqual(File.ReadAllText(folder.Sub("a/" + file)), File.ReadAllText(folder.Sub("b/" + file)));
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", "mine");

        var run = await ShellRun.Of("init", folder.Path, "--id", "did:web:a.example");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("is not empty", run.Error, StringComparison.Ordinal);
        Assert.Contains("to do: give another folder", run.Error, StringComparison.Ordinal);
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task If_missing_leaves_a_connector_that_is_there_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--if-missing");
        var before = await File.ReadAllTextAsync(folder.Sub("a/operator.token"), TestContext.Current.CancellationToken);

        var run = await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:b.example", "--if-missing");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        Assert.Equal(before, await File.ReadAllTextAsync(folder.Sub("a/operator.token"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Introduce_prints_the_document_that_init_wrote()
    {
        using var folder = new TemporaryFolder();
        await ShellRun.Of("init", folder.Sub("a"), "--id", "did:web:a.example", "--name", "A", "--bpn", "BPNL00000003AYRE", "--host", "a.example");

        var run = await ShellRun.Of("introduce", "-c", folder.Sub("a/connector.yaml"));

        Assert.Equal((ExitCode.Done, await File.ReadAllTextAsync(folder.Sub("a/peer.yaml"), TestContext.Current.CancellationToken)), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("--id", "acme", "is not a did:web")]
    [InlineData("--id", "did:web:a.example", "wrong check digit", "--corporate-number", "1234567890123")]
    [InlineData("--id", "did:web:a.example", "not BPNL", "--bpn", "1")]
    [InlineData("--id", "did:web:a.example", "LEI", "--lei", "1")]
    [InlineData("--id", "did:web:a.example", "is not a TCP port", "--port", "70000")]
    [InlineData("--id", "did:web:a.example", "without brackets", "--host", "[::1]")]
    [InlineData("--id", "did:web:a.example", "is not a host name", "--host", "a b")]
    public async Task What_cannot_be_an_identity_is_wrong_usage(string id, string did, string wrong, params string[] more)
    {
        using var folder = new TemporaryFolder();

        var run = await ShellRun.Of(["init", folder.Sub("a"), id, did, .. more]);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(wrong, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Sub("a")));
    }
}

using System.Text.Json.Nodes;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Storage;
using Connector.Trust.Keys;
using Connector.Trust.Signing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Cli.Tests.Local;

public sealed class OfflineAuditTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.Sub("a/data/connector.db");

    public async ValueTask InitializeAsync()
    {
        await ShellRun.Of("init", _folder.Sub("a"), "--id", "did:web:a.example");
        var keys = new KeyRing("did:web:a.example", _folder.Sub("a/keys"), TimeProvider.System, NullLogger<KeyRing>.Instance);
        var signatures = new Signatures(keys, new PeerDirectory(new Library()), new PeerKeys(NullLogger<PeerKeys>.Instance));
        await using var store = SqliteStore.Open(Database, signatures);
        foreach (var kind in (EvidenceKind[])[EvidenceKind.Agreement, EvidenceKind.Start, EvidenceKind.Receipt])
        {
            await store.CommitAsync(new Change { Evidence = [new EvidenceDraft(kind, "urn:uuid:1", "did:web:b.example", "{}", DateTimeOffset.UnixEpoch)] }, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_log_that_nobody_touched_is_intact()
    {
        var run = await VerifyAsync();

        Assert.Equal((ExitCode.Done, "3 entries, all intact\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("UPDATE evidence SET payload = '{\"x\":1}' WHERE sequence = 2", 2)]
    [InlineData("DELETE FROM evidence WHERE sequence = 2", 3)]
    [InlineData("DELETE FROM evidence WHERE sequence = 3", 2)]
    public async Task A_changed_or_removed_entry_is_found(string sql, int sequence)
    {
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var run = await VerifyAsync("-o", "json");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains(JsonNode.Parse(run.Output)!["faults"]!.AsArray(), fault => (int)fault!["sequence"]! == sequence);
    }

    [Fact]
    public async Task A_log_signed_by_other_keys_is_not_ours()
    {
        await ShellRun.Of("init", _folder.Sub("b"), "--id", "did:web:a.example");
        File.Copy(_folder.Sub("b/keys/signing-0001.pem"), _folder.Sub("a/keys/signing-0001.pem"), overwrite: true);

        var run = await VerifyAsync();

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("1: its signature is not ours", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_was_never_made_is_named()
    {
        await ShellRun.Of("init", _folder.Sub("c"), "--id", "did:web:a.example");

        var run = await ShellRun.Of("audit", "verify", "--offline", "--config", _folder.Sub("c/connector.yaml"));

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("has this connector ever run?", run.Error, StringComparison.Ordinal);
    }

    private Task<ShellRun> VerifyAsync(params string[] more) =>
        ShellRun.Of(["audit", "verify", "--offline", "--config", _folder.Sub("a/connector.yaml"), .. more]);
}

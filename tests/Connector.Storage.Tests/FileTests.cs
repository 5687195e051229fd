using System.Security.Cryptography;
using Connector.ControlPlane;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Stores;
using Connector.Testing;
using Connector.Testing.Stores;

namespace Connector.Storage.Tests;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NamedSignatures _signatures = new("did:web:cells.example");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_store_opened_again_goes_on_where_it_was()
    {
        for (var day = 1; day <= 3; day++)
        {
            await using var store = SqliteStore.Open(_folder["connector.db"], _signatures, () => Assert.Fail("nothing is to be rewritten"));
            Assert.True(await store.CommitAsync(new Change { Negotiations = [Records.Negotiation($"{day}")], Effects = [Records.Effect($"{day}")], Evidence = [Records.Evidence($"{day}")] }, default));
        }

        using var reads = SqliteReads.OpenExisting(_folder["connector.db"]);
        Assert.Equal(["3", "2", "1"], (await ((INegotiationStore)reads).ListAsync(new Page(), default)).Select(n => n.Id));
        Assert.Equal(["1", "2", "3"], (await reads.PendingAsync(0, 10, default)).Select(e => e.Effect.Id));
        Assert.Equal((3, true), await new EvidenceService(reads, reads, _signatures).VerifyAsync(default) is var report ? (report.Entries, report.Intact) : default);
    }

    [Fact]
    public async Task A_reader_of_another_process_sees_what_was_acknowledged_while_the_writer_runs()
    {
        await using var store = SqliteStore.Open(_folder["connector.db"], _signatures);
        using var reads = SqliteReads.OpenExisting(_folder["connector.db"]);
        for (var i = 1; i <= 20; i++)
        {
            await store.CommitAsync(new Change { Evidence = [Records.Evidence($"{i}")] }, default);
            Assert.Equal(i, (await reads.HeadAsync(default))?.Sequence);
        }
    }

    [Fact]
    public async Task The_files_are_their_owners_alone()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files there have no mode");
        await using var store = SqliteStore.Open(_folder["new/connector.db"], _signatures);
        await store.CommitAsync(new Change { Negotiations = [Records.Negotiation("n")] }, default);

        foreach (var file in (string[])["connector.db", "connector.db-wal", "connector.db-shm"])
        {
            Assert.Equal(Owner, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_folder[$"new/{file}"]));
        }
    }

    [Fact]
    public async Task Agreements_of_an_older_connector_are_due_at_once()
    {
        await using (var store = SqliteStore.Open(_folder["connector.db"], _signatures))
        {
            await store.CommitAsync(new Change { Agreements = [Records.Agreement("a"), Records.Agreement("b")] }, default);
            await store.CommitAsync(new Change { Agreements = [Records.Agreement("b").Ended()] }, default);
        }

        Sql.Run(_folder["connector.db"], """
            DROP INDEX agreement_due; DROP INDEX agreement_of_peer; ALTER TABLE agreement DROP COLUMN due;
            DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0002-due-agreements.sql'
            """);
        await using var migrated = SqliteStore.Open(_folder["connector.db"], _signatures);

        var due = Assert.Single(((IAgreementStore)migrated.Reads).DueAsync(DateTimeOffset.MinValue, default).ToBlockingEnumerable());
        Assert.Equal(("a", DateTimeOffset.MinValue), (due.Id, due.ChangesAt));
    }

    [Fact]
    public async Task Agreements_of_an_older_connector_have_been_used_as_often_as_their_evidence_says()
    {
        var (first, last) = (Records.Time.AddHours(1), Records.Time.AddHours(3));
        await using (var store = SqliteStore.Open(_folder["connector.db"], _signatures))
        {
            await store.CommitAsync(new Change { Agreements = [Records.Agreement("used"), Records.Agreement("unused"), Records.Agreement("counted") with { Uses = 5, FirstUsedAt = Records.Time }] }, default);

            // One transfer that was suspended and resumed, and another; what is no JSON is somebody else's.
            await store.CommitAsync(new Change { Evidence = [Start("t1", "used", first), Start("t1", "used", last.AddHours(1)), Start("t2", "used", last), Start("t3", "counted", last), Start("t4", "unknown", last), Records.Evidence("t5")] }, default);
        }

        Sql.Run(_folder["connector.db"], """
            UPDATE agreement SET due = NULL;
            UPDATE agreement SET body = CAST(json_remove(CAST(body AS TEXT), '$.Uses') AS BLOB) WHERE id <> 'counted';
            DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0004-uses-from-evidence.sql'
            """);
        await using var migrated = SqliteStore.Open(_folder["connector.db"], _signatures);
        IAgreementStore agreements = migrated.Reads;

        var used = (await agreements.FindAsync("used", default))!;
        Assert.Equal((2, first, last), (used.Uses, used.FirstUsedAt, used.LastUsedAt));
        var unused = (await agreements.FindAsync("unused", default))!;
        Assert.Equal((0, null, null), (unused.Uses, unused.FirstUsedAt, unused.LastUsedAt));
        var counted = (await agreements.FindAsync("counted", default))!;
        Assert.Equal((5, Records.Time, last), (counted.Uses, counted.FirstUsedAt, counted.LastUsedAt));
        Assert.Equal(["counted", "used"], agreements.DueAsync(DateTimeOffset.MinValue, default).ToBlockingEnumerable().Select(a => a.Id));
    }

    private static EvidenceDraft Start(string transfer, string agreement, DateTimeOffset at) => new(EvidenceKind.Start, transfer, Records.Peer, $$"""{"agreementId":"{{agreement}}"}""", at);

    [Fact]
    public async Task Agreements_of_an_older_connector_have_no_duty_fulfilled()
    {
        await using var store = SqliteStore.Open(_folder["connector.db"], _signatures);
        await store.CommitAsync(new Change { Agreements = [Records.Agreement("a")] }, default);
        Assert.Equal(1, Sql.Run(_folder["connector.db"], "UPDATE agreement SET body = CAST(json_remove(CAST(body AS TEXT), '$.Duties', '$.FirstUsedAt') AS BLOB)"));

        Assert.Empty((await ((IAgreementStore)store.Reads).FindAsync("a", default))!.Duties);
    }

    [Fact]
    public async Task Everything_in_an_older_connectors_tables_is_taken_over_in_its_order()
    {
        await using (var store = SqliteStore.Open(_folder["new.db"], _signatures))
        {
            for (var i = 0; i < 20; i++)
            {
                await store.CommitAsync(new Change
                {
                    Negotiations = [Records.Negotiation($"n{9 * i % 20}", i % 2 == 0 ? $"p{i}" : null)],
                    Agreements = [Records.Agreement($"a{9 * i % 20}") with { ChangesAt = Records.Time.AddDays(i) }],
                    Transfers = [Records.Transfer($"t{9 * i % 20}", peerPid: $"p{i}")],
                    Effects = [Records.Effect($"e{9 * i % 20}")],
                }, default);
            }
        }

        OldForm.Write(_folder["new.db"], _folder["old.db"], scripts: 4);
        using var expected = SqliteReads.OpenExisting(_folder["new.db"]);
        var rewriting = 0;
        await using var migrated = SqliteStore.Open(_folder["old.db"], _signatures, () => rewriting++);
        Assert.Equal(1, rewriting);
        await migrated.CommitAsync(new Change { Negotiations = [Records.Negotiation("newest")], Effects = [Records.Effect("newest")] }, default);

        Assert.Equal((await Ids(expected)).Prepend("newest").Append("newest"), await Ids(migrated.Reads));
        Assert.Equal("n0", (await ((INegotiationStore)migrated.Reads).FindByPeerPidAsync(Records.Peer, Role.Consumer, "p0", default))?.Id);
    }

    private static async Task<IEnumerable<string>> Ids(SqliteReads reads) =>
    [
        .. (await ((INegotiationStore)reads).ListAsync(new Page(), default)).Select(n => n.Id),
        .. (await ((IAgreementStore)reads).ListAsync(new Page(), default)).Select(a => a.Id),
        .. ((IAgreementStore)reads).DueAsync(DateTimeOffset.MaxValue, default).ToBlockingEnumerable().Select(a => a.Id),
        .. (await ((ITransferStore)reads).LiveAsync("urn:uuid:a", default)).Select(t => t.Id),
        .. (await reads.PendingAsync(0, 100, default)).Select(e => e.Effect.Id),
    ];

    [Fact]
    public void Shipped_migrations_never_change()
    {
        var shipped = typeof(SqliteStore).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Select(name =>
        {
            using var script = typeof(SqliteStore).Assembly.GetManifestResourceStream(name)!;
            return $"{Convert.ToHexStringLower(SHA256.HashData(script))}  {name}\n";
        });

        Assert.Equal(Golden.Expect("migrations.sha256", string.Concat(shipped)), string.Concat(shipped));
    }
}

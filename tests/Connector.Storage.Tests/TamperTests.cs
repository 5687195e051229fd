using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Stores;
using Connector.Testing;
using Connector.Testing.Stores;

namespace Connector.Storage.Tests;

public sealed class TamperTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly NamedSignatures _signatures = new("did:web:cells.example");

    private string Database => _folder["connector.db"];

    public async ValueTask InitializeAsync()
    {
        await using var store = SqliteStore.Open(Database, _signatures);
        await store.CommitAsync(new Change { Agreements = [Records.Agreement("a")], Evidence = [Records.Evidence("a") with { Kind = EvidenceKind.Agreement }] }, default);
        await store.CommitAsync(new Change { Evidence = [Records.Evidence("t1"), Records.Evidence("t2"), Records.Evidence("t3")] }, default);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_untouched_log_is_intact() => Assert.Equal((4, 0), await VerifyAsync() is var report ? (report.Entries, report.Faults.Length) : default);

    [Theory]
    [InlineData("UPDATE evidence SET payload = payload || ' ' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET at = '2026-11-24T09:30:00.0000001+09:00' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET at = 'yesterday' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET kind = 'Receipt' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET kind = 'Nothing' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET subject = 'x' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET peer = 'did:web:other.example' WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET hash = zeroblob(32) WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET previous_hash = zeroblob(32) WHERE sequence = 2", 2)]
    [InlineData("UPDATE evidence SET signature = zeroblob(32) WHERE sequence = 2", 2)]
    [InlineData("DELETE FROM evidence WHERE sequence = 1", 2)]
    [InlineData("DELETE FROM evidence WHERE sequence = 2", 3)]
    [InlineData("DELETE FROM evidence WHERE sequence = 4", 3)]
    [InlineData("UPDATE evidence SET sequence = 5 WHERE sequence = 4", 5)]
    [InlineData("INSERT INTO evidence SELECT 5, at, kind, subject, peer, payload, previous_hash, hash, signature FROM evidence WHERE sequence = 4", 5)]
    [InlineData("INSERT INTO evidence SELECT 0, at, kind, subject, peer, payload, zeroblob(32), hash, signature FROM evidence WHERE sequence = 1", 0)]
    [InlineData("UPDATE evidence_head SET sequence = 3, hash = (SELECT hash FROM evidence WHERE sequence = 3)", 3)]
    [InlineData("UPDATE evidence_head SET signature = zeroblob(32)", 4)]
    [InlineData("DELETE FROM evidence_head", 4)]
    public async Task Any_change_to_the_log_is_found(string sql, long sequence)
    {
        Assert.Equal(1, Sql.Run(Database, sql));

        Assert.Contains((await VerifyAsync()).Faults, fault => fault.Sequence == sequence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agreement_without_evidence_is_found_in_force_or_not(bool inForce)
    {
        Assert.Equal(5, Sql.Run(Database, "DELETE FROM evidence; DELETE FROM evidence_head"));
        Sql.Run(Database, inForce ? "UPDATE agreement SET in_force = 1" : "UPDATE agreement SET in_force = 0");

        Assert.Equal("no entry proves agreement a", Assert.Single((await VerifyAsync()).Faults).What);
    }

    [Fact]
    public async Task A_tampered_log_stays_broken_when_more_is_written()
    {
        Sql.Run(Database, "UPDATE evidence SET payload = '{}' WHERE sequence = 4");
        await using (var store = SqliteStore.Open(Database, _signatures))
        {
            await store.CommitAsync(new Change { Evidence = [Records.Evidence("t4")] }, default);
        }

        Assert.Equal(4, Assert.Single((await VerifyAsync()).Faults).Sequence);
    }

    [Fact]
    public async Task An_entry_put_in_while_the_connector_runs_stops_it_from_writing_evidence_and_from_nothing_else()
    {
        await using var store = SqliteStore.Open(Database, _signatures);
        Sql.Run(Database, "INSERT INTO evidence SELECT 5, at, kind, subject, peer, payload, hash, hash, signature FROM evidence WHERE sequence = 4");
        var proven = store.CommitAsync(new Change { Evidence = [Records.Evidence("t5")] }, default);
        var plain = store.CommitAsync(new Change { Negotiations = [Records.Negotiation("n")] }, default);

        Assert.Contains("was changed by another program", (await Assert.ThrowsAsync<StoreException>(async () => await proven)).Message, StringComparison.Ordinal);
        Assert.True(await plain);
    }

    private async Task<EvidenceReport> VerifyAsync()
    {
        using var reads = SqliteReads.OpenExisting(Database);
        return await new EvidenceService(reads, reads, _signatures).VerifyAsync(default);
    }
}

using System.Security.Cryptography;
using Connector.ControlPlane.Stores;
using Connector.Testing;
using Connector.Testing.Stores;

namespace Connector.Storage.Tests;

public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NamedSignatures _signatures = new("did:web:cells.example");

    private string Database => _folder["connector.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        File.WriteAllText(Database, new string('x', 5000));

        Refused("is not a SQLite database");
        Assert.Equal(new string('x', 5000), File.ReadAllText(Database));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_was()
    {
        Sql.Run(Database, "CREATE TABLE customers (id INTEGER)");
        var before = File.ReadAllBytes(Database);

        Refused("is a database of another program (it has a table 'customers')");
        Assert.Equal(before, File.ReadAllBytes(Database));
    }

    [Fact]
    public async Task A_database_of_a_newer_connector_is_refused()
    {
        await MakeAsync();
        Sql.Run(Database, "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Connector.Storage.Migrations.9999-later.sql', '2030-01-01')");

        Refused("was written by a newer connector (it has 'Connector.Storage.Migrations.9999-later.sql')");
    }

    [Fact]
    public async Task A_damaged_database_is_refused_or_says_so_when_read()
    {
        await MakeAsync();
        using (var file = File.OpenWrite(Database))
        {
            file.Position = 4096;
            file.Write(RandomNumberGenerator.GetBytes((int)file.Length - 4096));
        }

        var error = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = SqliteStore.Open(Database, _signatures);
            await ((INegotiationStore)store.Reads).FindAsync("n", default);
        });
        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_somebody_changed_into_nonsense_says_so_when_read()
    {
        await MakeAsync();
        Sql.Run(Database, "UPDATE negotiation SET body = CAST('{\"Id\":7}' AS BLOB)");
        using var reads = SqliteReads.OpenExisting(Database);

        var error = await Assert.ThrowsAsync<StoreException>(async () => await ((INegotiationStore)reads).FindAsync("n", default));
        Assert.Contains("a stored Negotiation cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_writer_is_refused_until_the_first_is_closed()
    {
        await using (SqliteStore.Open(Database, _signatures))
        {
            Refused("is in use by another connector");
        }

        await using var second = SqliteStore.Open(Database, _signatures);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        // Not even root can make files there.
        var error = Assert.Throws<StoreException>(() => SqliteStore.Open("/sys/connector.db", _signatures));
        Assert.StartsWith("/sys/connector.db", error.Message, StringComparison.Ordinal);
        Assert.Matches("give the connector's user write access|check the disk and the folder", error.Message);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(Database);

        Refused("");
    }

    [Fact]
    public void A_store_that_is_only_read_must_exist()
    {
        var error = Assert.Throws<StoreException>(() => SqliteReads.OpenExisting(Database));
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = SqliteStore.Open(Database, _signatures);
        await store.DisposeAsync();

        var error = await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(new Change(), default));
        Assert.Contains("is closed", error.Message, StringComparison.Ordinal);
    }

    private void Refused(string because)
    {
        var error = Assert.Throws<StoreException>(() => SqliteStore.Open(Database, _signatures));
        Assert.StartsWith(Database, error.Message, StringComparison.Ordinal);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    private async Task MakeAsync()
    {
        await using var store = SqliteStore.Open(Database, _signatures);
        Assert.True(await store.CommitAsync(new Change { Negotiations = [.. Enumerable.Range(0, 50).Select(i => Records.Negotiation(i == 0 ? "n" : $"{i}"))] }, default));
    }
}

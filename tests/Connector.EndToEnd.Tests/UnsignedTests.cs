using Microsoft.Data.Sqlite;

namespace Connector.EndToEnd.Tests;

/// <summary>The receiver of a push dies after it moved the file into place, and before it could sign for it.</summary>
public sealed class UnsignedTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task It_signs_when_it_lives_again_and_the_push_goes_on(string binding)
    {
        await using var two = await TwoCompanies.StartAsync(Large);
        var (transfer, name) = await KilledBeforeItSignedAsync(two, binding);

        await two.Customer.StartAsync();

        await two.ArrivedWholeAsync(transfer.Id, name);
        Assert.Contains("Receipt", await TwoCompanies.EvidenceAsync(two.Customer, transfer.Id));
        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task It_keeps_no_file_when_the_push_was_ended_meanwhile(string binding)
    {
        await using var two = await TwoCompanies.StartAsync(Large);
        var (transfer, name) = await KilledBeforeItSignedAsync(two, binding);
        await TwoCompanies.StepAsync(two.Supplier, transfer.PeerPid, "terminate");

        await two.Customer.StartAsync();

        var ended = await two.EndedAsync(transfer.Id);
        Assert.Equal(("TERMINATED", ""), (ended.State, ended.Receipt));
        await TwoCompanies.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(two.Inbox, name)) ? null : "gone"), "the file that nobody signed for to go");
        Assert.DoesNotContain("Receipt", await TwoCompanies.EvidenceAsync(two.Customer, transfer.Id));
        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
    }

    private const int Large = 64 * 1024 * 1024;

    /// <summary>While somebody else holds the database, nothing can be signed: that is when it dies. A push that was quicker than that is followed by another.</summary>
    private static async Task<(Management.V1.Transfer Transfer, string Name)> KilledBeforeItSignedAsync(TwoCompanies two, string binding)
    {
        var agreement = await two.AgreedAsync(binding);
        for (var round = 0; ; round++)
        {
            var name = $"{round}.bin";
            var transfer = await two.PullAsync(agreement, name, "push");
            var started = await two.TransferAsync(transfer.Id, t => t.State != "REQUESTED", "start");
            await using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(two.Customer.Folder, "data", "connector.db"), Pooling = false }.ToString());
            await database.OpenAsync();
            await using var held = database.BeginTransaction(deferred: false);
            await TwoCompanies.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(two.Inbox, name)) ? "there" : null), "the file to be in place");
            if ((await TwoCompanies.Transfers(two.Customer).GetAsync(new Management.V1.TransferId { Id = transfer.Id }, two.Customer.Token)).Receipt.Length == 0)
            {
                await two.Customer.KillAsync();
                Assert.True(two.IsWhole(name));
                return (started, name);
            }
        }
    }
}

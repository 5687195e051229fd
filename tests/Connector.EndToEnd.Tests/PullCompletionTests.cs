using Grpc.Core;

namespace Connector.EndToEnd.Tests;

/// <summary>The supplier's operator says that a pull is complete while it runs.</summary>
public sealed class PullCompletionTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task A_pull_that_its_supplier_completes_in_its_midst_ends_whole_and_signed_for_or_without_its_data(string binding)
    {
        await using var two = await TwoCompanies.StartAsync(64 * 1024 * 1024);
        var agreement = await two.AgreedAsync(binding);
        foreach (var (round, wait) in ((int[])[0, 50, 150, 300, 600]).Index())
        {
            var name = $"{round}.bin";
            var asked = await two.PullAsync(agreement, name);
            var started = await two.TransferAsync(asked.Id, t => t.State is not ("REQUESTED" or ""), "start");
            await Task.Delay(wait, TestContext.Current.CancellationToken);
            await CompleteAsync(two.Supplier, started.PeerPid);

            var ended = await two.EndedAsync(asked.Id);
            Assert.True(ended.State == "COMPLETED", $"{wait} ms: {ended.State}: {ended.Termination} {ended.LastError}");
            if (ended.Receipt.Length == 0)
            {
                Assert.False(File.Exists(Path.Combine(two.Inbox, name)));
            }
            else
            {
                Assert.True(two.IsWhole(name));
                await TwoCompanies.TransferAsync(two.Supplier, started.PeerPid, t => t.Receipt == ended.Receipt, "be signed for");
            }
        }

        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
        two.NoErrorsWereLogged();
    }

    private static async Task CompleteAsync(Company at, string id)
    {
        try
        {
            await TwoCompanies.StepAsync(at, id, "complete");
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            // The customer was first.
        }
    }
}

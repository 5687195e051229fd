using Connector.EndToEnd.Tests;

namespace Connector.Benchmarks;

/// <summary>Pulls the dataset whole, and takes the time and what it cost both daemons.</summary>
internal sealed class PullLoad(TwoCompanies two, string agreementId, long bytes)
{
    private int _round;

    public async Task<Rate> RunAsync()
    {
        var spent = new Spent(two);
        var transfer = await two.EndedAsync((await two.PullAsync(agreementId, $"{++_round}.bin")).Id);
        Assert.Equal("COMPLETED", transfer.State);
        var rate = Rate.Of(bytes, spent.Seconds, spent.SupplierMs, spent.CustomerMs);
        File.Delete(Path.Combine(two.Inbox, $"{_round}.bin"));
        return rate;
    }
}

namespace Connector.EndToEnd.Tests;

/// <summary>Either daemon dies by SIGKILL at any moment and is started again: what was begun is ended, nothing is lost or doubled.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task Negotiations_end_and_none_is_doubled_though_either_side_is_killed_at_many_points()
    {
        await using var two = await TwoCompanies.StartAsync(bytes: 1000);
        var random = new Random(2026);
        var begun = new List<string>();
        for (var round = 0; round < 16; round++)
        {
            begun.Add((await TwoCompanies.UntilAsync(async () => await two.StartNegotiationAsync(), "a negotiation to start")).Id);
            var victim = round % 2 == 0 ? two.Supplier : two.Customer;
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 40)));
            await victim.KillAsync();
            await victim.StartAsync();
        }

        foreach (var id in begun)
        {
            await two.FinalizedAsync(id);
        }

        await TwoCompanies.UntilAsync(async () => (await two.AgreementsAsync(two.Supplier)).Count == begun.Count ? "all" : null, "the supplier to hold all agreements");
        Assert.Equal(begun.Count, (await two.AgreementsAsync(two.Customer)).Count);
        Assert.Equal(await two.AgreementsAsync(two.Supplier), await two.AgreementsAsync(two.Customer));
        await two.EvidenceHoldsAsync();
        two.NoErrorsWereLogged();
    }

    [Fact]
    public async Task A_pull_resumes_and_ends_whole_though_either_side_is_killed_while_it_runs()
    {
        await using var two = await TwoCompanies.StartAsync(bytes: 96 * 1024 * 1024);
        var agreement = (await two.FinalizedAsync((await two.StartNegotiationAsync()).Id)).AgreementId;
        await Kills.WhileMovingAsync(two, agreement, format: "", rounds: 4, seed: 7, longest: 200);

        await two.EvidenceHoldsAsync();
        two.NoErrorsWereLogged();
    }
}

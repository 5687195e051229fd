namespace Connector.EndToEnd.Tests;

/// <summary>The supplier sends what the customer asked to be sent, over either binding, from one process to the other.</summary>
public sealed class PushTests
{
    private const int Large = 64 * 1024 * 1024;

    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task A_push_arrives_whole_is_signed_for_and_proven_on_both_sides(string binding)
    {
        await using var two = await TwoCompanies.StartAsync(bytes: 3_000_000);
        var agreement = await two.AgreedAsync(binding);

        var pushed = await two.Customer.RunAsync("pull", agreement, "--to", Path.Combine(two.Inbox, "pushed.bin"), "--push", "-o", "json");

        Assert.True(pushed.ExitCode == 0, pushed.Error + pushed.Output);
        Assert.Contains(binding == "grpc" ? "Grpc-PUSH" : "HttpData-PUSH", pushed.Output, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexString(two.Sha256), TwoCompanies.Hex(Path.Combine(two.Inbox, "pushed.bin")));
        var here = (await TwoCompanies.Transfers(two.Customer).ListAsync(new Management.V1.ListRequest(), two.Customer.Token)).Transfers.Single();
        var there = await TwoCompanies.TransferAsync(two.Supplier, here.PeerPid, t => t.State == "COMPLETED", "be completed");
        Assert.Equal(here.Receipt, there.Receipt);
        Assert.Contains(Convert.ToHexStringLower(two.Sha256), here.Receipt, StringComparison.Ordinal);
        Assert.Contains("Receipt", await TwoCompanies.EvidenceAsync(two.Customer, here.Id));
        Assert.Contains("Receipt", await TwoCompanies.EvidenceAsync(two.Supplier, there.Id));
        await two.EvidenceHoldsAsync();
        two.NothingIsLeftOver();
        two.NoErrorsWereLogged();
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task A_push_ends_whole_though_either_side_is_killed_while_it_runs(string binding)
    {
        await using var two = await TwoCompanies.StartAsync(Large);
        var agreement = await two.AgreedAsync(binding);
        var random = new Random(11);
        for (var round = 0; round < 3; round++)
        {
            var name = $"{round}.bin";
            var transfer = await TwoCompanies.UntilAsync(async () => await two.PullAsync(agreement, name, "push"), "a push to be asked for");
            foreach (var victim in round % 2 == 0 ? (Company[])[two.Supplier, two.Customer] : [two.Customer, two.Supplier])
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 250)));
                await victim.KillAsync();
                Assert.False(File.Exists(Path.Combine(two.Inbox, name)) && TwoCompanies.Hex(Path.Combine(two.Inbox, name)) != Convert.ToHexString(two.Sha256), "a half-written file bears the target's name");
                await victim.StartAsync();
            }

            var ended = await two.EndedAsync(transfer.Id);
            Assert.True(ended.State == "COMPLETED", $"{ended.State}: {ended.Termination} {ended.LastError}");
            Assert.Equal(Convert.ToHexString(two.Sha256), TwoCompanies.Hex(Path.Combine(two.Inbox, name)));
        }

        await two.EvidenceHoldsAsync();
        two.NothingIsLeftOver();
        two.NoErrorsWereLogged();
    }

    [Theory]
    [InlineData("grpc", true)]
    [InlineData("grpc", false)]
    [InlineData("dsp", true)]
    [InlineData("dsp", false)]
    public async Task A_suspended_push_stands_still_and_goes_on_when_it_is_resumed(string binding, bool bySupplier)
    {
        await using var two = await TwoCompanies.StartAsync(Large);
        var agreement = await two.AgreedAsync(binding);
        var transfer = await two.PullAsync(agreement, "pushed.bin", "push");
        var (at, id) = await StartedAsync(two, transfer.Id, bySupplier);

        await TwoCompanies.StepAsync(at, id, "suspend");
        await two.TransferAsync(transfer.Id, t => t.State == "SUSPENDED", "be suspended");
        Assert.False(File.Exists(Path.Combine(two.Inbox, "pushed.bin")));
        await TwoCompanies.StepAsync(at, id, "start");

        var ended = await two.EndedAsync(transfer.Id);
        Assert.True(ended.State == "COMPLETED", $"{ended.State}: {ended.Termination} {ended.LastError}");
        Assert.Equal(Convert.ToHexString(two.Sha256), TwoCompanies.Hex(Path.Combine(two.Inbox, "pushed.bin")));
        await two.EvidenceHoldsAsync();
        two.NothingIsLeftOver();
        two.NoErrorsWereLogged();
    }

    [Theory]
    [InlineData("grpc", true)]
    [InlineData("grpc", false)]
    [InlineData("dsp", true)]
    [InlineData("dsp", false)]
    public async Task A_push_terminated_in_its_midst_leaves_nothing(string binding, bool bySupplier)
    {
        await using var two = await TwoCompanies.StartAsync(Large);
        var agreement = await two.AgreedAsync(binding);
        var transfer = await two.PullAsync(agreement, "pushed.bin", "push");
        var (at, id) = await StartedAsync(two, transfer.Id, bySupplier);

        await TwoCompanies.StepAsync(at, id, "terminate");

        var ended = await two.EndedAsync(transfer.Id);
        Assert.Equal("TERMINATED", ended.State);
        Assert.Contains("by the test", ended.Termination.Reasons);
        await TwoCompanies.TransferAsync(two.Supplier, ended.PeerPid, t => t.State == "TERMINATED", "be terminated at the supplier");
        Assert.False(File.Exists(Path.Combine(two.Inbox, "pushed.bin")));
        Assert.Equal("", ended.Receipt);
        await two.EvidenceHoldsAsync();
        await TwoCompanies.UntilAsync(() => Task.FromResult(two.Leftovers().Count == 0 ? "swept" : null), "what arrived to be swept");
        two.NoErrorsWereLogged();
    }

    /// <summary>The side that is to act, and its id of the transfer, once that runs there.</summary>
    private static async Task<(Company At, string Id)> StartedAsync(TwoCompanies two, string id, bool bySupplier)
    {
        var here = await two.TransferAsync(id, t => t.State == "STARTED", "start");
        return bySupplier ? (two.Supplier, here.PeerPid) : (two.Customer, id);
    }
}

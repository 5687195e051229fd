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
        Assert.True(two.IsWhole("pushed.bin"));
        var here = (await TwoCompanies.Transfers(two.Customer).ListAsync(new Management.V1.ListRequest(), two.Customer.Token)).Transfers.Single();
        var there = await TwoCompanies.TransferAsync(two.Supplier, here.PeerPid, t => t.State == "COMPLETED", "be completed");
        Assert.Equal(here.Receipt, there.Receipt);
        Assert.Contains(Convert.ToHexStringLower(two.Sha256), here.Receipt, StringComparison.Ordinal);
        Assert.Contains("Receipt", await TwoCompanies.EvidenceAsync(two.Customer, here.Id));
        Assert.Contains("Receipt", await TwoCompanies.EvidenceAsync(two.Supplier, there.Id));
        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
        two.NoErrorsWereLogged();
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task A_push_ends_whole_though_either_side_is_killed_while_it_runs(string binding)
    {
        await using var two = await TwoCompanies.StartAsync(Large);
        var agreement = await two.AgreedAsync(binding);
        await Kills.WhileMovingAsync(two, agreement, format: "push", rounds: 3, seed: 11, longest: 250);

        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
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

        await two.ArrivedWholeAsync(transfer.Id, "pushed.bin");
        await two.EvidenceHoldsAsync();
        await two.NothingIsLeftOverAsync();
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
        await two.NothingIsLeftOverAsync();
        two.NoErrorsWereLogged();
    }

    /// <summary>The side that is to act, and its id of the transfer, once that runs there.</summary>
    private static async Task<(Company At, string Id)> StartedAsync(TwoCompanies two, string id, bool bySupplier)
    {
        var here = await two.TransferAsync(id, t => t.State == "STARTED", "start");
        return bySupplier ? (two.Supplier, here.PeerPid) : (two.Customer, id);
    }
}

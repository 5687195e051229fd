using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Agreements;

public sealed class AgreementMonitorTests
{
    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_end = s_start.AddDays(10);

    private readonly FakeTimeProvider _time = new(s_start);
    private readonly Desk _desk;

    public AgreementMonitorTests() => _desk = new Desk(_time);

    [Theory]
    [InlineData(Role.Provider)]
    [InlineData(Role.Consumer)]
    public async Task Either_side_ends_an_agreement_by_itself_at_the_instant_at_which_its_terms_end(Role role)
    {
        var agreement = await _desk.SignAsync("a", role, p => p.Before(s_end));
        var transfer = await _desk.RunAsync(agreement);
        using var flow = _desk.Flows.Open(transfer.Id);

        _time.SetUtcNow(s_end.AddTicks(-1));
        Assert.Equal(s_end, await _desk.Monitor.RunAsync(default));
        Assert.Null((await _desk.FindAsync(agreement)).End);
        Assert.Null(flow.Reason);

        _time.SetUtcNow(s_end);
        Assert.Null(await _desk.Monitor.RunAsync(default));

        var ended = await _desk.FindAsync(agreement);
        Assert.Equal((s_end, "expired", role), (ended.End!.At, ended.End.Code, ended.End.By));
        Assert.Equal(TransferState.Terminated, (await _desk.FindAsync(transfer)).State);
        Assert.Equal("agreement-expired", flow.Reason?.Code);
        Assert.Contains(_desk.Store.ReadAsync(1, default).ToBlockingEnumerable(), e => e.Draft.Kind == EvidenceKind.Termination && e.Draft.Subject == agreement.Id);
    }

    [Fact]
    public async Task A_consumer_asks_for_nothing_more_once_its_own_clock_says_that_the_terms_have_ended()
    {
        var agreement = await _desk.SignAsync("a", Role.Consumer, p => p.Before(s_end));
        var pull = new StartTransfer(agreement.Id, null, "/in", null, Acceptance.Auto);
        Assert.False((await _desk.Transfers.StartAsync(pull, default)).Refused);

        // The monitor has not come to it yet, and the provider has said nothing.
        _time.SetUtcNow(s_end);
        Assert.Equal("policy-expired", (await _desk.Transfers.StartAsync(pull with { Sink = "/other" }, default)).Refusal?.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Agreements_that_cannot_be_looked_at_keep_no_other_in_force(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var spoilt = await _desk.SignAsync($"a{i}", Role.Provider, p => p.Before(s_end));
            await _desk.Store.CommitAsync(new Change { Agreements = [spoilt with { Policy = null!, Version = 2 }] }, default);
        }

        var other = await _desk.SignAsync("b", Role.Provider, p => p.Before(s_end.AddTicks(1)));
        _time.SetUtcNow(s_end.AddTicks(1));

        var fault = await Assert.ThrowsAsync<AggregateException>(async () => await _desk.Monitor.RunAsync(default));

        Assert.Equal("expired", (await _desk.FindAsync(other)).End?.Code);
        Assert.Equal(count, fault.InnerExceptions.Count);
        Assert.Contains(": a0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_loses_no_instant()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.Before(s_end));
        var next = new Desk(_time, _desk.Store);

        Assert.Equal(s_end, await next.Monitor.RunAsync(default));
        _time.SetUtcNow(s_end.AddDays(3));
        Assert.Null(await next.Monitor.RunAsync(default));
        Assert.Equal("expired", (await next.FindAsync(agreement)).End?.Code);
    }

    [Fact]
    public async Task Of_many_agreements_each_ends_in_its_turn_and_none_is_looked_at_before()
    {
        for (var day = 1; day <= 200; day++)
        {
            await _desk.SignAsync($"{day}", Role.Provider, p => p.Before(s_start.AddDays(day)));
        }

        await _desk.SignAsync("free", Role.Provider, TermsOf.Free);
        _time.SetUtcNow(s_start.AddDays(150));

        Assert.Equal(s_start.AddDays(151), await _desk.Monitor.RunAsync(default));
        var all = await ((Stores.IAgreementStore)_desk.Store).ListAsync(new Stores.Page(Limit: 1000), default);
        Assert.Equal(150, all.Count(a => a.End?.Code == "expired"));
        Assert.All(all.Where(a => a.End is null), a => Assert.Equal(1, a.Version));
    }

    [Fact]
    public async Task Outside_its_window_an_agreement_stays_and_its_transfers_stop()
    {
        var opens = s_end.AddDays(5);
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p with { Constraints = [new LogicalConstraint(LogicalOperator.Or, [Only(p.Before(s_end)), Only(p.From(opens))])] });
        var transfer = await _desk.RunAsync(agreement);

        _time.SetUtcNow(s_end);
        Assert.Equal(opens, await _desk.Monitor.RunAsync(default));

        Assert.Null((await _desk.FindAsync(agreement)).End);
        Assert.Equal(("policy-expired", TransferState.Terminated), ((await _desk.FindAsync(transfer)).Termination?.Code, (await _desk.FindAsync(transfer)).State));

        _time.SetUtcNow(opens);
        Assert.Null(await _desk.Monitor.RunAsync(default));
        Assert.Null(_desk.Gate.Judge(await _desk.FindAsync(agreement), _desk.Caller(), EnforcementPoint.Transfer, null).Refusal);

        static Constraint Only(Permission permission) => Assert.Single(permission.Constraints);
    }

    [Fact]
    public async Task A_changed_claim_stops_the_transfers_of_that_peer_alone_and_ends_no_agreement()
    {
        const string Other = "did:web:other.example";
        _desk.Knows(Other, ("membership", "active"));
        var (agreement, others) = (await _desk.SignAsync("a", Role.Provider, Member), await _desk.SignAsync("b", Role.Provider, Member, Other));
        var (transfer, running) = (await _desk.RunAsync(agreement), await _desk.RunAsync(others));

        _desk.Knows(Records.Peer, ("membership", "suspended"));
        _desk.Knows(Other, ("membership", "suspended"));
        await _desk.Monitor.ReviewAsync(Records.Peer, default);

        Assert.Equal(("policy-denied", TransferState.Terminated), ((await _desk.FindAsync(transfer)).Termination?.Code, (await _desk.FindAsync(transfer)).State));
        Assert.Equal(TransferState.Started, (await _desk.FindAsync(running)).State);
        Assert.Null((await _desk.FindAsync(agreement)).End);

        static Permission Member(Permission permission) => permission.When("membership", ConstraintOperator.Eq, "active");
    }

    [Fact]
    public async Task Terms_that_wait_for_something_to_be_done_are_not_over()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent").When("spatial", ConstraintOperator.IsPartOf, "EU"));

        await _desk.Monitor.ReviewAsync(Records.Peer, default);

        Assert.Null((await _desk.FindAsync(agreement)).End);
    }

    [Fact]
    public async Task A_revoked_agreement_is_never_due_again()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.Before(s_end));
        Assert.False((await _desk.Agreements.EndAsync(agreement.Id, "revoked", "no longer a customer", default)).Refused);

        Assert.Null(await _desk.Monitor.RunAsync(default));
        _time.SetUtcNow(s_end);
        Assert.Null(await _desk.Monitor.RunAsync(default));
        Assert.Equal("revoked", (await _desk.FindAsync(agreement)).End?.Code);
    }
}

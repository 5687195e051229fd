using System.Text.Json.Nodes;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Explanations;

/// <summary>What was refused is explained by what was known then, and not by what has come to be known since.</summary>
public sealed class StoredRefusalTests
{
    private readonly DateTimeOffset _then = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time;
    private readonly Desk _desk;
    private readonly ExplanationService _explanations;

    public StoredRefusalTests()
    {
        _time = new FakeTimeProvider(_then);
        _desk = new Desk(_time);
        _explanations = new ExplanationService(_desk.Store, _desk.Store, _desk.Store, _desk.Store, _desk.Gate, _desk.Library, _desk.Policies, new PeerDirectory(_desk.Library), _time);
    }

    [Fact]
    public async Task A_refused_request_is_explained_by_its_consumers_pid_and_by_our_own_name_for_it()
    {
        await _desk.SignAsync("a", Role.Provider, Member);
        _desk.Knows(Records.Peer, ("membership", "suspended"));
        var told = (await _desk.RequestAsync("c-1")).Refusal!;

        _time.Advance(TimeSpan.FromDays(7));
        _desk.Knows(Records.Peer, ("membership", "active"));

        var kept = Assert.Single(await RefusedAsync());
        Assert.Equal((Records.Peer, "c-1", "a", told.Code, told.Message), (kept.Peer, kept.ConsumerPid, kept.AgreementId, kept.Code, kept.Reason));
        foreach (var id in (string[])["c-1", kept.Id])
        {
            var explained = (await _explanations.OfAsync(id, null, default)).Value;
            Assert.Equal((true, EnforcementPoint.Transfer, _then), (explained.Stored, explained.Point, explained.At));
            Assert.Contains(Records.Peer, explained.Subject, StringComparison.Ordinal);
            Assert.Equal(("Unsatisfied", "suspended"), FirstStep(explained));
        }

        Assert.Equal("Satisfied", FirstStep((await _explanations.OfAsync("a", null, default)).Value).Outcome);
    }

    [Fact]
    public async Task The_same_request_may_be_made_again_and_is_a_transfer_once_it_is_taken()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));
        Assert.True((await _desk.RequestAsync("c-1")).Refused);
        await _desk.Duties.FulfilAsync("a", "obtainConsent", null, null, default);

        var transfer = (await _desk.RequestAsync("c-1")).Value;

        Assert.Equal(TransferState.Started, transfer.State);
        Assert.False((await _explanations.OfAsync(transfer.Id, null, default)).Value.Stored);
        Assert.True((await _explanations.OfAsync("c-1", null, default)).Value.Stored);
    }

    [Fact]
    public async Task A_request_after_the_end_is_explained_by_the_end()
    {
        await _desk.SignAsync("a", Role.Provider, Member);
        await _desk.Agreements.EndAsync("a", "revoked", "no more", default);

        Assert.Equal("agreement-revoked", (await _desk.RequestAsync("c-1")).Refusal?.Code);

        var verdict = JsonNode.Parse((await _explanations.OfAsync("c-1", null, default)).Value.Verdict)!;
        Assert.Equal((false, "agreement-revoked"), ((bool)verdict["permitted"]!, (string?)verdict["code"]));
    }

    [Fact]
    public async Task Whoever_is_refused_over_and_over_fills_nothing()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));

        for (var i = 0; i < 100; i++)
        {
            Assert.True((await _desk.RequestAsync($"c-{i}")).Refused);
        }

        Assert.Equal(Enumerable.Range(100 - RefusedTransfer.Kept, RefusedTransfer.Kept).Reverse().Select(i => $"c-{i}"), (await RefusedAsync()).Select(r => r.ConsumerPid));
    }

    [Theory]
    [InlineData("b")]
    [InlineData("others")]
    [InlineData("as-consumer")]
    public async Task Nothing_is_kept_of_requests_under_agreements_that_are_not_the_callers(string agreement)
    {
        await _desk.SignAsync("others", Role.Provider, Member, "did:web:other.example");
        await _desk.SignAsync("as-consumer", Role.Consumer, Member);

        Assert.Equal("not-found", (await _desk.RequestAsync("c-1", agreement)).Refusal?.Code);

        Assert.Empty(await RefusedAsync());
    }

    [Fact]
    public async Task A_transfer_that_the_terms_stopped_is_explained_by_what_was_known_then()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, Member);
        var transfer = await _desk.RunAsync(agreement);
        _desk.Knows(Records.Peer, ("membership", "suspended"));
        await _desk.Monitor.ReviewAsync(Records.Peer, default);

        _time.Advance(TimeSpan.FromDays(7));
        _desk.Knows(Records.Peer, ("membership", "active"));

        var explained = (await _explanations.OfAsync(transfer.Id, null, default)).Value;
        Assert.Equal((true, EnforcementPoint.During, _then), (explained.Stored, explained.Point, explained.At));
        Assert.Equal(("Unsatisfied", "suspended"), FirstStep(explained));
    }

    [Fact]
    public async Task Of_a_transfer_that_the_other_side_ended_it_is_said_who_knows_why()
    {
        var transfer = Records.Transfer("t", "a") with { State = TransferState.Terminated, Termination = new Termination(Role.Provider, "policy-denied", ["not you"]) };
        await _desk.Store.CommitAsync(new Change { Transfers = [transfer] }, default);

        var refusal = (await _explanations.OfAsync("t", null, default)).Refusal!;

        Assert.Equal("nothing-decided", refusal.Code);
        Assert.Contains("the provider ended it (policy-denied; not you)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ask the provider", refusal.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_negotiation_is_explained_by_when_it_was_decided_whatever_happened_to_it_since()
    {
        var negotiation = Records.Negotiation("n") with { Explanation = """{"permitted":false,"trace":[]}""", ExplainedAt = _then, UpdatedAt = _then.AddDays(3) };
        await _desk.Store.CommitAsync(new Change { Negotiations = [negotiation] }, default);

        Assert.Equal((true, _then), (await _explanations.OfAsync("n", null, default)).Value is var explained ? (explained.Stored, explained.At) : default);
    }

    private static Permission Member(Permission permission) => permission.When("membership", ConstraintOperator.Eq, "active");

    private static (string? Outcome, string? Found) FirstStep(Explanation explained) =>
        JsonNode.Parse(explained.Verdict)!["trace"]![0]! is var step ? ((string?)step["outcome"], (string?)step["found"]) : default;

    private async Task<IReadOnlyList<RefusedTransfer>> RefusedAsync() => await ((IRefusedTransferStore)_desk.Store).ListAsync(new Page(), default);
}

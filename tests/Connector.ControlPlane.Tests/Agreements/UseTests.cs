using Connector.ControlPlane.Transfers;
using Connector.Policies;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Agreements;

/// <summary>What a policy is told of the use that is asked for.</summary>
public sealed class UseTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Desk _desk;

    public UseTests() => _desk = new Desk(_time);

    [Fact]
    public async Task Of_many_that_ask_at_once_exactly_as_many_start_as_the_terms_count()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.When("count", ConstraintOperator.Lteq, "3"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => _desk.RequestAsync($"c-{i}"))));

        Assert.Equal(3, answers.Count(a => !a.Refused));
        Assert.All(answers.Where(a => a.Refused), a => Assert.Equal("policy-denied", a.Refusal!.Code));
        Assert.Equal(3, (await _desk.FindAsync(agreement)).Uses);
    }

    [Fact]
    public async Task A_request_sent_again_is_not_counted_again_and_a_resumption_is_no_new_use()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.When("count", ConstraintOperator.Lteq, "1"));
        var started = (await _desk.RequestAsync("c-1")).Value;
        Assert.Equal(started.Id, (await _desk.RequestAsync("c-1")).Value.Id);

        Assert.False((await _desk.Transfers.StepAsync(started.Id, TransferMessageKind.Suspension, null, [], default)).Refused);
        Assert.False((await _desk.Transfers.StepAsync(started.Id, TransferMessageKind.Start, null, [], default)).Refused);

        Assert.Equal((1, _time.GetUtcNow()), ((await _desk.FindAsync(agreement)).Uses, (await _desk.FindAsync(agreement)).LastUsedAt));
        Assert.Equal("policy-denied", (await _desk.RequestAsync("c-2")).Refusal?.Code);
    }

    [Fact]
    public async Task Between_two_uses_the_interval_of_the_terms_must_pass()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.When("interval", ConstraintOperator.Gteq, "P1D"));

        Assert.False((await _desk.RequestAsync("c-1")).Refused);
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Equal("policy-expired", (await _desk.RequestAsync("c-2")).Refusal?.Code);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False((await _desk.RequestAsync("c-3")).Refused);
    }

    [Theory]
    [InlineData("recipient", ConstraintOperator.Eq, Records.Peer, null)]
    [InlineData("recipient", ConstraintOperator.Eq, "did:web:other.example", "policy-denied")]
    [InlineData("spatial", ConstraintOperator.IsPartOf, "EU", null)]
    [InlineData("spatial", ConstraintOperator.IsPartOf, "JP", "policy-denied")]
    [InlineData("country", ConstraintOperator.Eq, "DE", "policy-not-known")]
    [InlineData("channel", ConstraintOperator.Eq, "Grpc-PULL", null)]
    [InlineData("channel", ConstraintOperator.Eq, "Grpc-PUSH", "policy-denied")]
    [InlineData("version", ConstraintOperator.Eq, "1.0", "policy-not-known")]
    [InlineData("fileFormat", ConstraintOperator.Eq, "text/csv", "policy-not-known")]
    public async Task Each_fact_of_a_use_has_its_source_or_is_not_known(string word, ConstraintOperator op, string value, string? refused)
    {
        _desk.Knows(Records.Peer, ("dataLocation", "DE"));
        await _desk.SignAsync("a", Role.Provider, p => p.When(word, op, value));

        Assert.Equal(refused, (await _desk.RequestAsync("c-1")).Refusal?.Code);
    }
}

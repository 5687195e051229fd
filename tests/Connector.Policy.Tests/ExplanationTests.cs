using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>The lines that people read, to the letter.</summary>
public sealed class ExplanationTests
{
    [Theory]
    [InlineData("permit: [ { action: use } ]", "permit[0] permits it")]
    [InlineData("permit: [ { action: print } ]", "no permission speaks of this action")]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { action: print }, { action: use } ]", "forbid[1] forbids it")]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { participant: did:web:a.example } ] } ]", "forbid[0] forbids it: 'participant' is did:web:a.example")]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { participant: did:web:a.example }, { lei: x } ] } ]", "forbid[0] may forbid it: 'lei' is not known")]
    [InlineData("permit: [ { when: [ { participant: did:web:a.example }, { lei: { in: [x, y] } } ] } ]", "permit[0]: 'lei' is not known (expected: in x, y)")]
    [InlineData("permit: [ { when: [ { participant: did:web:b.example } ] } ]", "permit[0]: 'participant' is did:web:a.example, expected: did:web:b.example")]
    [InlineData("permit: [ { when: [ { now: { before: 2027-01-01T00:00:00Z } } ] } ]", "permit[0]: 'now' before 2027-01-01T00:00:00Z, it is 2027-01-15T00:00:00Z")]
    [InlineData("permit: [ { then: [ { obtainConsent: } ] } ]", "permit[0]: the duty 'obtainConsent' comes first, and is not known to be fulfilled")]
    public void The_reason_names_rule_condition_found_and_expected(string body, string reason) => Assert.Equal(reason, Evaluate(body, Nothing).Reason);

    [Fact]
    public void The_peer_is_told_of_time_and_of_what_is_not_known()
    {
        Assert.Equal("", Evaluate("permit: [ { action: use } ]", Nothing).PeerReason);
        Assert.Equal("'lei' is not known of you", Evaluate("permit: [ { action: use } ]\nforbid: [ { when: [ { lei: x } ] } ]", Nothing).PeerReason);
        Assert.Equal(
            "outside the time that the policy allows ('now' before 2027-01-01T00:00:00Z)", Evaluate("permit: [ { when: [ { now: { before: 2027-01-01T00:00:00Z } } ] } ]", Nothing).PeerReason);
    }

    [Theory]
    [InlineData("allOf: [marketing, analytics]", "marketing, analytics", 1)]
    [InlineData("in: [marketing]", "marketing", 2)]
    public void What_was_found_is_the_purpose_that_was_asked_about_or_all_of_them(string comparison, string found, int least)
    {
        var trace = Evaluate($"permit: [ {{ when: [ {{ purpose: {{ {comparison} }} }} ] }} ]", Nothing.For("marketing", "analytics")).Trace;

        Assert.Equal(found, trace[0].Found);
        Assert.True(trace.Length >= least);
    }

    [Fact]
    public void A_rule_that_speaks_of_no_purpose_is_asked_once_however_many_are_declared() =>
        Assert.Single(Evaluate("permit: [ { when: [ { participant: did:web:a.example } ] } ]", Nothing.For("a", "b", "c")).Trace);

    [Fact]
    public void Several_values_are_named_apart() =>
        Assert.Equal("2, 3", Evaluate("permit: [ { when: [ { count: { max: 3 } } ] } ]", Nothing.Observed("count", "2", "3")).Trace[0].Found);

    [Theory]
    [InlineData("0", true)]
    [InlineData("0.5", true)]
    [InlineData("365000", true)]
    [InlineData("-1", false)]
    [InlineData("365001", false)]
    [InlineData("P1D", false)]
    public void Days_are_counted_within_bounds(string days, bool taken) =>
        Assert.Equal(taken, Faults($"permit: [ {{ when: [ {{ dataUsageEndDurationDays: \"{days}\" }} ] }} ]").Length == 0);

    [Theory]
    [InlineData("-1")]
    [InlineData("365001")]
    [InlineData("many")]
    public void A_bound_that_was_never_checked_is_not_compiled(string days) => Assert.Contains(
        days,
        Assert.Throws<ArgumentException>(() => CompiledPolicy.Compile(new() { Permissions = [new Permission("use", [new AtomicConstraint("DataUsageEndDurationDays", ConstraintOperator.Eq, [days])], [])] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Two_that_are_not_decided_weigh_as_one()
    {
        Assert.Equal(Outcome.NotKnown, Evaluate("permit: [ { when: [ { all: [ { lei: x }, { country: x } ] } ] } ]", Nothing).Trace[1].Outcome);
        Assert.False(Allows("{ all: [ { lei: x }, { country: x } ] }", Nothing));
        Assert.True(Strikes("{ lei: x }, { country: x }", Nothing));
        Assert.False(Strikes("{ liability: x }, { warranty: x }", Nothing));
    }
}

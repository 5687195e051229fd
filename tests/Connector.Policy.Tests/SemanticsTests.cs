using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>Sentences of SEMANTICS.md on deciding, on what is not known, and on constraints taken together.</summary>
public sealed class SemanticsTests
{
    private const string Active = "{ membership: active }";

    private static readonly Facts s_member = Nothing.Claims("membership", "active");

    [Fact]
    public void S1_what_no_permission_speaks_of_is_refused()
    {
        Assert.Equal("policy-denied", Evaluate("permit: [ { action: print } ]", Nothing).ReasonCode);
        Assert.Equal("policy-denied", Evaluate("forbid: [ { action: print } ]", Nothing).ReasonCode);
    }

    [Theory]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { action: use } ]")]
    [InlineData("forbid: [ { action: use } ]\npermit: [ { action: use } ]")]
    [InlineData("permit: [ { action: use }, { action: use } ]\nforbid: [ { action: print }, { action: use } ]")]
    public void S2_a_prohibition_beats_every_permission(string body) => Assert.False(Permits(body, Nothing));

    [Fact]
    public void S3_one_permission_that_allows_is_enough() => Assert.True(Permits($"permit: [ {{ when: [ {{ country: JP }} ] }}, {{ when: [ {Active} ] }} ]", s_member.Claims("country", "DE")));

    [Theory]
    [InlineData("active", "JP", true)]
    [InlineData("active", "DE", false)]
    [InlineData("none", "JP", false)]
    public void S4_a_permission_wants_all_its_constraints_that_are_enforced_here(string membership, string country, bool permitted) =>
        Assert.Equal(permitted, Permits($"permit: [ {{ when: [ {Active}, {{ country: JP }}, {{ liability: x }} ] }} ]", Nothing.Claims("membership", membership).Claims("country", country)));

    [Theory]
    [InlineData("active", "JP", true)]
    [InlineData("active", "DE", false)]
    [InlineData("none", "JP", false)]
    public void S5_a_prohibition_strikes_when_all_its_constraints_hold(string membership, string country, bool strikes) =>
        Assert.Equal(strikes, Strikes($"{Active}, {{ country: JP }}", Nothing.Claims("membership", membership).Claims("country", country)));

    [Theory]
    [InlineData("{ membership: active }, { purpose: ai-training }")]
    [InlineData("{ all: [ { membership: active }, { purpose: ai-training } ] }")]
    [InlineData("{ any: [ { all: [ { membership: active }, { purpose: ai-training } ] }, { country: XX } ] }")]
    [InlineData("{ oneOf: [ { all: [ { membership: active }, { purpose: ai-training } ] }, { country: XX } ] }")]
    [InlineData("{ inOrder: [ { purpose: ai-training }, { membership: active } ] }")]
    public void S6_a_prohibition_decided_later_does_not_strike_yet(string when)
    {
        var facts = s_member.Claims("country", "JP").For("ai-training");

        Assert.False(Strikes(when, facts, EnforcementPoint.Catalog));
        Assert.True(Strikes(when, facts, EnforcementPoint.Negotiation));
    }

    [Theory]
    [InlineData("use", "print", true)]
    [InlineData("use", "use", true)]
    [InlineData("use", "transfer", false)]
    [InlineData("use", "sell", false)]
    [InlineData("transfer", "sell", true)]
    [InlineData("transfer", "print", false)]
    [InlineData("print", "use", false)]
    [InlineData("print", "display", false)]
    public void S7_actions_cover_what_they_include(string rule, string action, bool covers)
    {
        Assert.Equal(covers, Permits($"permit: [ {{ action: {rule} }} ]", Nothing with { Action = action }));
        Assert.Equal(covers, !Permits($"permit: [ {{ action: use }}, {{ action: transfer }} ]\nforbid: [ {{ action: {rule} }} ]", Nothing with { Action = action }));
    }

    [Fact]
    public void S8_a_refinement_counts_like_a_constraint()
    {
        Assert.True(Permits($"permit: [ {{ action: use, refine: [ {Active} ] }} ]", s_member));
        Assert.False(Permits($"permit: [ {{ action: use, refine: [ {Active} ] }} ]", Nothing.Claims("membership", "none")));
        Assert.True(Permits($"permit: [ {{ action: use }} ]\nforbid: [ {{ refine: [ {Active} ] }} ]", Nothing.Claims("membership", "none")));
    }

    [Fact]
    public void S9_a_fact_that_is_not_known_never_permits()
    {
        var verdict = Evaluate($"permit: [ {{ when: [ {Active} ] }} ]", Nothing);

        Assert.Equal("policy-not-known", verdict.ReasonCode);
        Assert.Equal(Outcome.NotKnown, Assert.Single(verdict.Trace).Outcome);
        Assert.False(Allows("{ purpose: marketing }", Nothing));
        Assert.False(Allows("{ elapsed: { max: P1D } }", Nothing));
        Assert.False(Allows("{ count: { max: 1 } }", Nothing));
    }

    [Fact]
    public void S10_a_prohibition_strikes_by_what_is_not_known()
    {
        Assert.Equal("policy-not-known", Evaluate($"permit: [ {{ action: use }} ]\nforbid: [ {{ when: [ {Active} ] }} ]", Nothing).ReasonCode);
        Assert.True(Strikes($"{Active}, {{ country: JP }}", Nothing.Claims("country", "JP")));
        Assert.False(Strikes($"{Active}, {{ country: JP }}", Nothing.Claims("country", "DE")));
        Assert.True(Strikes("{ any: [ { membership: active }, { purpose: ai-training } ] }", Nothing, EnforcementPoint.Catalog));
    }

    [Theory]
    [InlineData("{ country: { not: XX } }")]
    [InlineData("{ country: { notIn: [XX] } }")]
    [InlineData("{ count: { not: 3 } }")]
    [InlineData("{ purpose: { noneOf: [ai-training] } }")]
    public void S11_not_does_not_turn_the_unknown_into_a_yes(string when) => Assert.False(Allows(when, Nothing));

    [Fact]
    public void S12_no_value_and_an_unreadable_number_are_not_known()
    {
        Assert.Equal("policy-not-known", Evaluate($"permit: [ {{ when: [ {Active} ] }} ]", Nothing.Claims("membership")).ReasonCode);
        Assert.Equal("policy-not-known", Evaluate("permit: [ { when: [ { count: { max: 3 } } ] } ]", Nothing.Observed("count", "many")).ReasonCode);
        Assert.Equal("policy-not-known", Evaluate("permit: [ { when: [ { count: { max: 3 } } ] } ]", Nothing.Observed("count", "1", "many")).ReasonCode);
    }

    [Fact]
    public void S13_inside_any_a_yes_outweighs_the_unknown()
    {
        Assert.True(Allows($"{{ any: [ {{ country: JP }}, {Active} ] }}", s_member));
        Assert.False(Allows($"{{ any: [ {{ country: JP }}, {Active} ] }}", Nothing.Claims("membership", "none")));
    }

    [Fact]
    public void S14_inside_oneOf_two_that_hold_refuse()
    {
        const string When = "{ oneOf: [ { membership: active }, { participant: did:web:a.example }, { country: JP } ] }";

        Assert.Equal("policy-not-known", Evaluate($"permit: [ {{ when: [ {When} ] }} ]", Nothing.Claims("membership", "none")).ReasonCode);
        Assert.False(Allows(When, s_member));
        Assert.False(Strikes(When, s_member));
    }

    [Theory]
    [InlineData("all", false, false, false, true)]
    [InlineData("inOrder", false, false, false, true)]
    [InlineData("any", false, true, true, true)]
    [InlineData("oneOf", false, true, true, false)]
    public void S34_nesting_wants_all_or_any_or_exactly_one(string word, bool none, bool first, bool second, bool both)
    {
        var when = $"{{ {word}: [ {{ membership: active }}, {{ country: JP }} ] }}";
        var facts = (bool one, bool other) => Nothing.Claims("membership", one ? "active" : "none").Claims("country", other ? "JP" : "DE");

        Assert.Equal((none, first, second, both), (Allows(when, facts(false, false)), Allows(when, facts(true, false)), Allows(when, facts(false, true)), Allows(when, facts(true, true))));
        Assert.Equal((none, first, second, both), (Strikes(when, facts(false, false)), Strikes(when, facts(true, false)), Strikes(when, facts(false, true)), Strikes(when, facts(true, true))));
    }

    [Fact]
    public void S35_what_is_enforced_later_leaves_a_permission_open()
    {
        Assert.True(Allows("{ any: [ { membership: active }, { purpose: marketing } ] }", Nothing, EnforcementPoint.Catalog));
        Assert.False(Allows("{ any: [ { membership: active }, { purpose: marketing } ] }", Nothing, EnforcementPoint.Negotiation));
        Assert.True(Allows("{ oneOf: [ { country: JP }, { purpose: marketing } ] }", Nothing.Claims("country", "JP"), EnforcementPoint.Catalog));
        Assert.False(Allows("{ all: [ { membership: active }, { purpose: marketing } ] }", Nothing, EnforcementPoint.Catalog));
    }
}

using System.Text.Json;
using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>Sentences of SEMANTICS.md on duties, explaining and reading.</summary>
public sealed class SemanticsTestsOfDuties
{
    [Fact]
    public void S36_a_permit_carries_its_duties_and_the_obligations()
    {
        const string Body = "permit: [ { when: [ { country: XX } ], then: [ { attribute: } ] }, { then: [ { delete: { within: P1D } } ] } ]\noblige: [ { inform: } ]";

        Assert.Equal(["delete", "inform"], Evaluate(Body, Nothing).Duties.Select(d => d.Action));
        Assert.Empty(Evaluate("permit: [ { when: [ { country: XX } ], then: [ { delete: } ] } ]", Nothing).Duties);
    }

    [Theory]
    [InlineData("permit: [ { then: [ { obtainConsent: } ] } ]", "obtainConsent")]
    [InlineData("permit: [ { then: [ { delete: }, { compensate: } ] } ]", "compensate")]
    [InlineData("permit: [ { action: use } ]\noblige: [ { reviewPolicy: } ]", "reviewPolicy")]
    public void S37_a_duty_that_comes_first_keeps_data_from_flowing(string body, string duty)
    {
        foreach (var at in new[] { EnforcementPoint.Transfer, EnforcementPoint.During, EnforcementPoint.Use })
        {
            var refused = Evaluate(body, Nothing, at);
            Assert.Equal(("policy-not-known", duty), (refused.ReasonCode, refused.Trace[^1].Condition));
            Assert.False(Permits(body, Nothing with { Fulfilled = ["inform"] }, at));
            Assert.True(Permits(body, Nothing with { Fulfilled = ["inform", duty] }, at));
        }
    }

    [Theory]
    [InlineData(EnforcementPoint.Catalog)]
    [InlineData(EnforcementPoint.Negotiation)]
    public void S38_a_duty_that_comes_first_does_not_keep_the_contract_from_being_made(EnforcementPoint at) => Assert.True(Permits("permit: [ { then: [ { obtainConsent: } ] } ]", Nothing, at));

    [Theory]
    [InlineData("compensate", "within: P30D")]
    [InlineData("obtainConsent", "after: revocation")]
    [InlineData("delete", "before: 2020-01-01T00:00:00Z")]
    public void S39_a_duty_counted_from_an_event_refuses_nothing(string action, string due)
    {
        var verdict = Evaluate($"permit: [ {{ then: [ {{ {action}: {{ {due} }} }} ] }} ]", Nothing);

        Assert.True(verdict.Permitted);
        Assert.Equal(DutyTiming.After, Duties.TimingOf(Assert.Single(verdict.Duties)));
    }

    [Theory]
    [InlineData("attribute", DutyTiming.During)]
    [InlineData("watermark", DutyTiming.During)]
    [InlineData("anonymize", DutyTiming.During)]
    [InlineData("ensureExclusivity", DutyTiming.During)]
    [InlineData("nextPolicy", DutyTiming.During)]
    [InlineData("delete", DutyTiming.After)]
    [InlineData("compensate", DutyTiming.Before)]
    public void S40_some_duties_are_owed_all_the_while(string action, DutyTiming timing) => Assert.Equal(timing, Duties.TimingOf(new Duty(action, [])));

    [Fact]
    public void S41_a_verdict_names_every_constraint_that_was_asked()
    {
        var verdict = Evaluate(
            "permit: [ { when: [ { membership: active }, { purpose: { in: [marketing] } }, { country: JP }, { now: { from: 2027-01-01T00:00:00Z } }, { liability: none }, { participant: did:web:a.example }, { count: { max: 3 } } ] } ]",
            Nothing.Claims("membership", "active").For("marketing").Observed("count", "2"));

        Assert.Equal(
            [
                new TraceStep("permit[0]", "membership", Outcome.Satisfied, "active", "active", "credential of membership"),
                new TraceStep("permit[0]", "purpose", Outcome.Satisfied, "in marketing", "marketing", "declared by the consumer"),
                new TraceStep("permit[0]", "country", Outcome.NotKnown, "JP", null, null),
                new TraceStep("permit[0]", "now", Outcome.Satisfied, "from 2027-01-01T00:00:00Z", "2027-01-15T00:00:00Z", "the clock"),
                new TraceStep("permit[0]", "liability", Outcome.NotEnforcedHere, "none", null, null),
                new TraceStep("permit[0]", "participant", Outcome.Satisfied, "did:web:a.example", "did:web:a.example", "the authenticated participant"),
                new TraceStep("permit[0]", "count", Outcome.Satisfied, "max 3", "2", "observed"),
            ],
            verdict.Trace);
        using var json = JsonDocument.Parse(verdict.ToJson());
        Assert.Equal(7, json.RootElement.GetProperty("trace").GetArrayLength());
        Assert.Equal("country", json.RootElement.GetProperty("trace")[2].GetProperty("condition").GetString());
    }

    [Fact]
    public void S42_the_peer_is_told_the_constraint_that_failed_and_no_other()
    {
        var denied = Evaluate("permit: [ { when: [ { country: { in: [JP, SECRET] } }, { corporateNumber: \"7999999999902\" } ] } ]\nforbid: [ { when: [ { membership: hidden } ] } ]", Nothing.Claims("country", "DE").Claims("membership", "x"));
        Assert.Equal("the policy's condition on 'country' does not hold for you", denied.PeerReason);

        var unknown = Evaluate("permit: [ { when: [ { country: SECRET } ] } ]", Nothing);
        Assert.Equal("'country' is not known of you", unknown.PeerReason);

        var struck = Evaluate("permit: [ { action: use } ]\nforbid: [ { when: [ { country: { in: [DE, SECRET] } } ] } ]", Nothing.Claims("country", "DE"));
        Assert.Equal("the policy forbids it by its condition on 'country'", struck.PeerReason);
        Assert.Equal("the policy forbids it by its condition on 'every use'", Evaluate("forbid: [ { action: use } ]", Nothing).PeerReason);
        Assert.Equal("the policy's condition on 'country' does not hold for you", Evaluate("permit: [ { when: [ { any: [ { participant: x }, { membership: x } ] }, { country: JP } ] } ]", Nothing.Claims("membership", "x").Claims("country", "DE")).PeerReason);
        Assert.Equal("the policy has no permission for this", Evaluate("permit: [ { action: print } ]", Nothing).PeerReason);
    }

    [Theory]
    [InlineData("permit: [ { when: [ { now: { before: 2027-01-01T00:00:00Z } } ] } ]", "policy-expired", "outside the time")]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { now: { from: 2027-01-01T00:00:00Z } } ] } ]", "policy-prohibited", "'now'")]
    [InlineData("permit: [ { when: [ { participant: did:web:b.example } ] } ]", "policy-denied", "'participant'")]
    [InlineData("permit: [ { when: [ { participant: did:web:b.example } ] }, { when: [ { now: { before: 2027-01-01T00:00:00Z } } ] } ]", "policy-denied", "'participant'")]
    public void S43_a_refusal_says_of_which_kind_it_is(string body, string code, string peerReason)
    {
        var verdict = Evaluate(body, Nothing);

        Assert.Equal(code, verdict.ReasonCode);
        Assert.Contains(peerReason, verdict.PeerReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("permit: [ { when: [ { membreship: active } ] } ]", "membership")]
    [InlineData("permit: [ { action: delte } ]", "delete")]
    [InlineData("permit: [ { when: [ { country: { witin: EU } } ] } ]", "within")]
    [InlineData("permit: [ { then: [ { delte: } ] } ]", "delete")]
    [InlineData("permit: [ { then: [ { delete: { withn: P1D } } ] } ]", "within")]
    [InlineData("permit: [ { whn: [] } ]", "when")]
    [InlineData("forbid: [ { remdy: [] } ]", "remedy")]
    public void S44_an_unknown_word_is_an_error_with_the_nearest_known(string body, string meant) => Assert.Contains($"did you mean '{meant}'?", Faults(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"leftOperand":"Membership","operator":"lt","rightOperand":"active"}""", "use eq")]
    [InlineData("""{"leftOperand":"http://www.w3.org/ns/odrl/2/dateTime","operator":"eq","rightOperand":"2027-01-01T00:00:00Z"}""", "lt, lteq, gt, gteq")]
    [InlineData("""{"leftOperand":"http://www.w3.org/ns/odrl/2/elapsedTime","operator":"gt","rightOperand":"P1D"}""", "eq, lt, lteq")]
    [InlineData("""{"leftOperand":"http://www.w3.org/ns/odrl/2/count","operator":"lt","rightOperand":"many"}""", "digits")]
    [InlineData("""{"leftOperand":"Membership","operator":"eq","rightOperand":["a","b"]}""", "isAnyOf")]
    [InlineData("""{"leftOperand":"Membership","operator":"eq","rightOperand":""}""", "empty")]
    [InlineData("""{"leftOperand":"Membership","operator":"isAnyOf","rightOperand":[]}""", "at least one")]
    public void S45_an_operator_that_the_operand_does_not_allow_is_an_error(string constraint, string mend)
    {
        using var json = JsonDocument.Parse($$"""{"permission":[{"action":"use","constraint":[{{constraint}}]}]}""");

        Assert.False(OdrlJson.TryRead(json.RootElement, out _, out var faults));
        Assert.Contains(mend, string.Join('\n', faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"inheritFrom\":\"urn:p\"", false)]
    [InlineData("\"conflict\":\"perm\"", false)]
    [InlineData("\"conflict\":{\"@id\":\"odrl:invalid\"}", false)]
    [InlineData("\"conflict\":{\"@id\":\"odrl:prohibit\"}", true)]
    [InlineData("\"conflict\":\"http://www.w3.org/ns/odrl/2/prohibit\"", true)]
    public void S46_policies_inherit_nothing_and_prohibitions_win(string member, bool taken)
    {
        using var json = JsonDocument.Parse($$"""{"permission":[{"action":"use"}],{{member}}}""");

        Assert.Equal(taken, OdrlJson.TryRead(json.RootElement, out _, out _));
    }

    [Theory]
    [InlineData("supplierTier: { max: 2 }", "1", true)]
    [InlineData("supplierTier: { max: 2 }", "10", false)]
    [InlineData("auditedAt: { from: 2026-01-01T00:00:00Z }", "2026-01-01T09:00:00+09:00", true)]
    [InlineData("auditedAt: { from: 2026-01-01T00:00:00Z }", "2026-01-01T08:59:59+09:00", false)]
    [InlineData("auditedAt: { from: 2026-01-01T00:00:00Z }", "yesterday", false)]
    [InlineData("site: { in: [kashima, oita] }", "oita", true)]
    public void S47_operands_of_a_vocabulary_file_are_compared_by_their_type(string condition, string claim, bool holds)
    {
        var vocabulary = VocabularyTests.Mill;
        var faults = new List<Fault>();
        var document = PolicyText.Read($"apiVersion: connector/v1\nkind: Policy\nname: p\npermit: [ {{ when: [ {{ {condition} }} ] }} ]\n", faults, vocabulary);
        Assert.Empty(faults);

        var facts = Nothing.Claims("tier", claim).Claims("audit", claim).Claims("site", claim);
        Assert.Equal(holds, CompiledPolicy.Compile(document!.Policy, vocabulary).Permits(EnforcementPoint.Catalog, facts));
        using var json = JsonDocument.Parse(OdrlJson.ToJson(document.Policy, vocabulary));
        Assert.False(OdrlJson.TryRead(json.RootElement, out _, out _));
        Assert.True(OdrlJson.TryRead(json.RootElement, out var read, out _, vocabulary));
        Assert.Equal(document.Policy, read);
        Assert.Equal(read, PolicyText.Read(PolicyYaml.Write(document), faults, vocabulary)!.Policy);
    }
}

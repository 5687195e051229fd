using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Stores;
using Connector.Policies;
using Connector.Testing;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Agreements;

/// <summary>Duties are recorded as fulfilled, and what waits for them opens.</summary>
public sealed class DutyTests
{
    private const string Consent = "permit[0].then[0]";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Desk _desk;

    public DutyTests() => _desk = new Desk(_time);

    [Theory]
    [InlineData("obtainConsent")]
    [InlineData(Consent)]
    public async Task Data_that_waits_for_a_duty_flows_once_the_provider_has_recorded_it(string named)
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));
        var refused = (await _desk.RequestAsync("c-1")).Refusal!;
        Assert.Equal("policy-not-known", refused.Code);
        Assert.Contains("the duty 'obtainConsent' comes first, and the provider has no record that it is fulfilled", refused.Message, StringComparison.Ordinal);

        var recorded = (await _desk.Duties.FulfilAsync("a", named, null, "form 114", default)).Value;

        Assert.Equal(new DutyRecord(Consent, "obtainConsent", _time.GetUtcNow(), _time.GetUtcNow(), "form 114"), Assert.Single(recorded.Duties));
        Assert.Equal(recorded.Duties[0], Assert.Single(_desk.Duties.Of(recorded)).Record);
        Assert.False((await _desk.RequestAsync("c-1")).Refused);
    }

    [Fact]
    public async Task Data_is_shown_as_withheld_for_a_duty_exactly_where_it_is_refused()
    {
        var direct = await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"), or: p => p.When("membership", ConstraintOperator.Eq, "active"));

        Assert.Equal((DutyState.Open, false), Assert.Single(_desk.Duties.Of(direct)) is var duty ? (duty.Standing.State, duty.Withholds) : default);
        Assert.False((await _desk.RequestAsync("c-1")).Refused);

        _desk.Knows(Records.Peer, ("membership", "ended"));

        Assert.True(Assert.Single(_desk.Duties.Of(direct)).Withholds);
        Assert.Equal("policy-not-known", (await _desk.RequestAsync("c-2")).Refusal!.Code);
    }

    [Fact]
    public async Task A_record_is_evidence_that_says_whose_word_it_is_and_since_when()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));
        var done = _time.GetUtcNow() - TimeSpan.FromDays(1);

        await _desk.Duties.FulfilAsync("a", "obtainConsent", done, "form 114", default);

        var entry = Assert.Single(await EvidenceAsync());
        Assert.Equal((EvidenceKind.Fulfilment, "a", Records.Peer, _time.GetUtcNow()), (entry.Draft.Kind, entry.Draft.Subject, entry.Draft.Peer, entry.Draft.At));
        Assert.Equal(
            """{"agreementId":"a","duty":"permit[0].then[0]","action":"obtainConsent","fulfilledAt":"2026-12-31T00:00:00Z","by":"Provider","note":"form 114"}""", entry.Draft.Payload);
    }

    [Fact]
    public async Task Recorded_again_it_changes_nothing_and_of_many_at_once_one_counts()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () => await _desk.Duties.FulfilAsync("a", "obtainConsent", null, $"{i}", default))));
        _time.Advance(TimeSpan.FromDays(1));
        var again = (await _desk.Duties.FulfilAsync("a", Consent, null, "again", default)).Value;

        Assert.All(answers, a => Assert.Equal(again.Duties, a.Value.Duties));
        Assert.Equal(2, again.Version);
        Assert.Single(await EvidenceAsync());
    }

    [Theory]
    [InlineData("obtainConsnt", "duty-unknown", "agreement 'a' has no duty 'obtainConsnt'; its duties are obtainConsent (permit[0].then[0]), attribute (permit[0].then[1]), inform (permit[0].then[2]), delete (permit[0].then[3]), inform (permit[0].then[4])")]
    [InlineData("permit[0].then[5]", "duty-unknown", "its duties are")]
    [InlineData("inform", "malformed", "'inform' names 2 duties of the agreement: inform (permit[0].then[2]), inform (permit[0].then[4])")]
    [InlineData("attribute", "duty-ongoing", "'attribute' is owed for as long as the data is used")]
    [InlineData("delete", "duty-not-owed", "'delete' is not owed yet")]
    public async Task What_cannot_be_recorded_is_refused_by_name(string named, string code, string says)
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent").Then("attribute").Then("inform").Then(AtEnd("delete")).Then("inform"));

        var refusal = (await _desk.Duties.FulfilAsync("a", named, null, null, default)).Refusal!;

        Assert.Equal((code, "duty"), (refusal.Code, refusal.Field));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await EvidenceAsync());
    }

    [Fact]
    public async Task An_agreement_without_duties_or_that_is_not_there_has_none_to_record()
    {
        await _desk.SignAsync("a", Role.Provider, TermsOf.Free);

        Assert.Contains("has no duties", (await _desk.Duties.FulfilAsync("a", "obtainConsent", null, null, default)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("not-found", (await _desk.Duties.FulfilAsync("b", "obtainConsent", null, null, default)).Refusal?.Code);
    }

    [Fact]
    public async Task What_lies_ahead_is_not_recorded()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));

        Assert.Equal("at", (await _desk.Duties.FulfilAsync("a", "obtainConsent", _time.GetUtcNow().AddTicks(1), null, default)).Refusal?.Field);
        Assert.False((await _desk.Duties.FulfilAsync("a", "obtainConsent", _time.GetUtcNow(), null, default)).Refused);
    }

    [Fact]
    public async Task After_the_end_nothing_opens_any_more_and_what_is_owed_then_can_be_recorded()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent").Then(AtEnd("delete") with { Consequences = [new Duty("compensate", [])] }));
        await _desk.Agreements.EndAsync("a", "revoked", "no more", default);

        Assert.Equal("agreement-revoked", (await _desk.Duties.FulfilAsync("a", "obtainConsent", null, null, default)).Refusal?.Code);
        _time.Advance(TimeSpan.FromDays(31));
        Assert.Equal((DutyState.Overdue, new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero)), (await StandingAsync(1)) is var d ? (d.State, d.Due?.At) : default);
        Assert.False((await _desk.Duties.FulfilAsync("a", "delete", null, null, default)).Refused);
        Assert.Equal(DutyState.FulfilledLate, (await StandingAsync(1)).State);
        Assert.False((await _desk.Duties.FulfilAsync("a", "compensate", null, null, default)).Refused);
    }

    [Fact]
    public async Task What_was_done_late_opens_nothing_until_its_consequence_is_done()
    {
        var due = _time.GetUtcNow().AddDays(1);
        var consent = new Duty("obtainConsent", []) { Consequences = [new Duty("compensate", [])] }.When("now", ConstraintOperator.Lt, "2027-01-02T00:00:00Z");
        await _desk.SignAsync("a", Role.Provider, p => p.Then(consent));
        Assert.Equal("duty-not-owed", (await _desk.Duties.FulfilAsync("a", "compensate", null, null, default)).Refusal?.Code);
        _time.SetUtcNow(due);

        await _desk.Duties.FulfilAsync("a", "obtainConsent", null, null, default);
        Assert.Contains("'compensate'", (await _desk.RequestAsync("c-1")).Refusal?.Message, StringComparison.Ordinal);
        await _desk.Duties.FulfilAsync("a", "compensate", null, null, default);
        Assert.False((await _desk.RequestAsync("c-1")).Refused);
    }

    [Fact]
    public async Task Late_is_told_by_when_it_was_done_and_not_by_when_it_was_recorded()
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then(new Duty("obtainConsent", []).When("now", ConstraintOperator.Lt, "2027-01-02T00:00:00Z")));
        _time.Advance(TimeSpan.FromDays(7));

        await _desk.Duties.FulfilAsync("a", "obtainConsent", new DateTimeOffset(2027, 1, 1, 12, 0, 0, TimeSpan.Zero), null, default);

        Assert.False((await _desk.RequestAsync("c-1")).Refused);
    }

    [Fact]
    public async Task A_consumers_record_is_kept_as_its_own_proof_and_sent_to_nobody()
    {
        await _desk.SignAsync("a", Role.Consumer, p => p.Then("obtainConsent"));

        Assert.Single((await _desk.Duties.FulfilAsync("a", "obtainConsent", null, null, default)).Value.Duties);

        Assert.Contains("\"by\":\"Consumer\"", Assert.Single(await EvidenceAsync()).Draft.Payload, StringComparison.Ordinal);
        Assert.Empty(_desk.Sent);
    }

    [Theory]
    [InlineData("agreement", DutyState.Open)]
    [InlineData("agreementStart", DutyState.Open)]
    [InlineData("agreementEnd", DutyState.NotOwed)]
    [InlineData("transferEnd", DutyState.Open)]
    public async Task An_agreement_knows_of_its_own_events_and_of_no_others(string happening, DutyState state)
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then(new Duty("inform", []).When("event", ConstraintOperator.Gt, happening).When("elapsed", ConstraintOperator.Lteq, "P1D")));

        Assert.Equal((state, happening.StartsWith("agreement", StringComparison.Ordinal) && state == DutyState.Open), (await StandingAsync(0)) is var d ? (d.State, d.Due is not null) : default);
    }

    [Theory]
    [InlineData("use")]
    [InlineData("firstUse")]
    public async Task A_duty_counted_from_the_first_use_is_owed_from_then_on(string happening)
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then(new Duty("inform", []).When("event", ConstraintOperator.Gt, happening).When("elapsed", ConstraintOperator.Lteq, "P1D")));
        Assert.Equal(DutyState.NotOwed, (await StandingAsync(0)).State);

        await _desk.RequestAsync("c-1");
        _time.Advance(TimeSpan.FromDays(1));
        await _desk.RequestAsync("c-2");

        Assert.Equal((DutyState.Open, _time.GetUtcNow()), (await StandingAsync(0)) is var d ? (d.State, d.Due?.At) : default);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task A_duty_that_a_store_says_is_fulfilled_and_no_entry_proves_is_found(bool ended, bool proven)
    {
        await _desk.SignAsync("a", Role.Provider, p => p.Then("obtainConsent"));
        await _desk.Store.CommitAsync(new Change { Evidence = [Records.Evidence("a") with { Kind = EvidenceKind.Agreement }] }, default);
        var agreement = (await _desk.Duties.FulfilAsync("a", "obtainConsent", _time.GetUtcNow(), "form 114", default)).Value;
        agreement = ended ? (await _desk.Agreements.EndAsync("a", "revoked", "no more", default)).Value : agreement;
        if (!proven)
        {
            var sooner = agreement.Duties[0] with { At = _time.GetUtcNow().AddDays(-9) };
            await _desk.Store.CommitAsync(new Change { Agreements = [agreement with { Duties = [sooner], Version = agreement.Version + 1 }] }, default);
        }

        var report = await new EvidenceService(_desk.Store, _desk.Store, new NamedSignatures(Desk.Self)).VerifyAsync(default);

        Assert.Equal(proven ? [] : ["agreement a says that its duty permit[0].then[0] was fulfilled on 2026-12-23T00:00:00Z, but no entry proves it"], report.Faults.Select(f => f.What));
    }

    private static Duty AtEnd(string action) => new Duty(action, []).When("event", ConstraintOperator.Gt, "agreementEnd").When("elapsed", ConstraintOperator.Lteq, "P30D");

    private async Task<DutyStanding> StandingAsync(int number) => _desk.Duties.Of((await ((IAgreementStore)_desk.Store).FindAsync("a", default))!)[number].Standing;

    private async Task<List<EvidenceEntry>> EvidenceAsync()
    {
        var entries = new List<EvidenceEntry>();
        await foreach (var entry in ((IEvidenceStore)_desk.Store).ReadAsync(1, default))
        {
            if (entry.Draft.Kind == EvidenceKind.Fulfilment)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }
}

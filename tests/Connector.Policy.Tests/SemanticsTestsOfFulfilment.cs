using System.Collections.Immutable;
using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>Sentences of SEMANTICS.md on duties that are done, in time or late.</summary>
public sealed class SemanticsTestsOfFulfilment
{
    private const string Due = "2027-01-10T00:00:00Z";

    [Theory]
    [InlineData("permit[1].then[0]", true)]
    [InlineData("obtainConsent", true)]
    [InlineData("permit[0].then[0]", false)]
    [InlineData("oblige[0]", false)]
    public void S50_a_record_names_a_duty_by_its_place_or_its_action(string named, bool fulfilled)
    {
        const string Body = "permit: [ { when: [ { country: XX } ], then: [ { obtainConsent: } ] }, { then: [ { obtainConsent: } ] } ]\noblige: [ { inform: } ]";

        Assert.Equal(fulfilled, Permits(Body, named));
        Assert.Equal(["permit[0].then[0]", "permit[1].then[0]", "oblige[0]"], Standing(Body, null).Select(d => d.Place));
        Assert.Equal(named is "obtainConsent" ? 2 : 1, Standing(Body, null, named).Count(d => d.FulfilledAt is not null));
        Assert.True(Permits("permit: [ { action: use } ]\noblige: [ { obtainConsent: } ]", "oblige[0]"));
    }

    [Fact]
    public void S51_what_was_done_in_time_stays_done()
    {
        const string Body = $"permit: [ {{ then: [ {{ obtainConsent: {{ before: {Due} }} }} ] }} ]";

        Assert.True(Permits(Body, new Fulfilment("obtainConsent", At("2027-01-09T23:59:59Z"))));
        Assert.Equal(DutyState.Fulfilled, Assert.Single(Standing(Body, null, new Fulfilment("obtainConsent", At("2027-01-09T23:59:59Z")))).State);
        Assert.Null(PolicyText.Compile(Body).NextChange(Nothing));
    }

    [Theory]
    [InlineData($"before: {Due}", "2027-01-10T00:00:00Z", false)]
    [InlineData("within: P3D", "2027-01-04T00:00:00Z", true)]
    [InlineData("within: P1M", "2027-02-01T00:00:00Z", true)]
    [InlineData("within: P3D, after: agreementEnd", "2027-01-09T00:00:00Z", true)]
    [InlineData("within: P3D, before: 2027-01-03T00:00:00Z", "2027-01-03T00:00:00Z", false)]
    [InlineData("within: P2D, before: 2027-01-03T00:00:00Z", "2027-01-03T00:00:00Z", false)]
    [InlineData("when: [ { now: { until: 2027-01-03T00:00:00Z } } ]", "2027-01-03T00:00:00Z", true)]
    [InlineData("after: agreementEnd", null, false)]
    [InlineData("when: [ { country: JP } ]", null, false)]
    public void S52_a_duty_is_due_at_the_earliest_of_its_bounds(string due, string? at, bool includes)
    {
        var body = $"permit: [ {{ then: [ {{ delete: {{ {due} }} }} ] }} ]";
        var found = Assert.Single(Standing(body, "2027-01-06T00:00:00Z")).Due;

        Assert.Equal((at is null ? null : At(at), at is not null && includes), (found?.At, found?.Includes ?? false));
        if (found is { } bound)
        {
            Assert.Equal(DutyState.Open, Assert.Single(Standing(body, "2027-01-06T00:00:00Z", bound.At.AddTicks(includes ? 0 : -1))).State);
            Assert.Equal(DutyState.Overdue, Assert.Single(Standing(body, "2027-01-06T00:00:00Z", bound.At.AddTicks(includes ? 1 : 0))).State);
            Assert.Equal(DutyState.FulfilledLate, Assert.Single(Standing(body, "2027-01-06T00:00:00Z", new Fulfilment("delete", bound.At.AddTicks(1)))).State);
        }
    }

    [Theory]
    [InlineData("agreementEnd", null, DutyState.NotOwed, false)]
    [InlineData("agreementEnd", "2027-01-14T00:00:00Z", DutyState.Open, true)]
    [InlineData("agreementEnd", "2027-01-06T00:00:00Z", DutyState.Overdue, true)]
    [InlineData("agreementStart", null, DutyState.Overdue, true)]
    [InlineData("harvest", null, DutyState.Open, false)]
    public void S53_a_duty_counted_from_an_event_is_owed_once_it_happened_or_nobody_knows(string happening, string? ended, DutyState state, bool due)
    {
        var standing = Assert.Single(Standing($"permit: [ {{ then: [ {{ delete: {{ within: P3D, after: {happening} }} }} ] }} ]", ended));

        Assert.Equal((state, due), (standing.State, standing.Due is not null));
        Assert.False(standing.IsMissing);
    }

    [Fact]
    public void S54_consequences_are_owed_once_the_duty_is_overdue_and_counted_from_then()
    {
        const string Body = "permit: [ { then: [ { delete: { within: P3D, otherwise: [ { inform: { within: P2D } }, { compensate: } ] } } ] } ]";

        Assert.Equal([DutyState.Open, DutyState.NotOwed, DutyState.NotOwed], States(At("2027-01-04T00:00:00Z")));
        Assert.Equal([DutyState.Overdue, DutyState.Open, DutyState.Open], States(At("2027-01-06T00:00:00Z")));
        Assert.Equal([DutyState.Overdue, DutyState.Overdue, DutyState.Open], States(At("2027-01-06T00:00:01Z")));
        Assert.Equal([DutyState.Fulfilled, DutyState.NotOwed, DutyState.NotOwed], Standing(Body, null, new Fulfilment("delete", At("2027-01-03T00:00:00Z"))).Select(d => d.State));
        Assert.Equal([DutyState.FulfilledLate, DutyState.Overdue, DutyState.Open], Standing(Body, null, new Fulfilment("delete", At("2027-01-05T00:00:00Z"))).Select(d => d.State));
        Assert.Equal(["permit[0].then[0]", "permit[0].then[0].otherwise[0]", "permit[0].then[0].otherwise[1]"], Standing(Body, null).Select(d => d.Place));

        IEnumerable<DutyState> States(DateTimeOffset now) => Standing(Body, null, now).Select(d => d.State);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("otherwise: [ { inform: } ]", "", true)]
    [InlineData("otherwise: [ { compensate: } ]", "", false)]
    [InlineData("otherwise: [ { compensate: } ]", "compensate", true)]
    [InlineData("otherwise: [ { compensate: }, { reviewPolicy: } ]", "compensate", false)]
    [InlineData("otherwise: [ { compensate: { before: 2027-01-12T00:00:00Z } } ]", "compensate=2027-01-12T00:00:00Z", false)]
    [InlineData("otherwise: [ { compensate: { before: 2027-01-12T00:00:00Z } } ]", "compensate=2027-01-11T00:00:00Z", true)]
    public void S55_what_was_done_late_lets_data_flow_only_with_its_consequences(string otherwise, string also, bool permits)
    {
        var body = $"permit: [ {{ then: [ {{ obtainConsent: {{ before: {Due}{(otherwise.Length > 0 ? ", " : "")}{otherwise} }} }} ] }} ]";
        Fulfilment late = new("obtainConsent", At(Due));
        Fulfilment[] done = also.Split('=') switch { [""] => [late], [var duty, var at] => [late, new Fulfilment(duty, At(at))], [var duty] => [late, duty], _ => [] };

        Assert.Equal(permits, Permits(body, done));
        Assert.Equal(!permits, Standing(body, null, done).Any(d => d.IsMissing));
        Assert.True(Permits(body, [new Fulfilment("obtainConsent", At(Due).AddTicks(-1))]));
    }

    [Fact]
    public void S55_the_consequences_of_what_is_owed_afterwards_withhold_nothing()
    {
        const string Body = "permit: [ { then: [ { delete: { within: P3D, otherwise: [ { compensate: } ] } } ] } ]";

        Assert.Equal([(DutyState.Overdue, false), (DutyState.Open, false)], Standing(Body, null).Select(d => (d.State, d.IsMissing)));
        Assert.True(Permits(Body));
        Assert.True(Permits(Body, new Fulfilment("delete", Nothing.Now)));
    }

    [Fact]
    public void S55_a_late_duty_is_told_apart_from_one_that_was_not_done()
    {
        var late = Evaluate($"permit: [ {{ then: [ {{ obtainConsent: {{ before: {Due} }} }} ] }} ]", Nothing with { Fulfilled = [new Fulfilment("obtainConsent", At("2027-01-11T00:00:00.5Z"))] });

        Assert.Equal("permit[0]: the duty 'obtainConsent' is fulfilled first, before 2027-01-10T00:00:00Z; it is fulfilled on 2027-01-11T00:00:00.5Z, and has no consequence that would make that good", late.Reason);
        Assert.Equal("the duty 'obtainConsent' was fulfilled too late", late.PeerReason);
        Assert.Equal(new TraceStep("permit[0]", "obtainConsent", Outcome.Unsatisfied, "is fulfilled first, before 2027-01-10T00:00:00Z", "fulfilled on 2027-01-11T00:00:00.5Z", "the record of duties"), Assert.Single(late.Trace));
        var owing = Evaluate($"permit: [ {{ then: [ {{ obtainConsent: {{ when: [ {{ now: {{ until: {Due} }} }} ], otherwise: [ {{ compensate: }} ] }} }} ] }} ]", Nothing with { Fulfilled = [new Fulfilment("obtainConsent", At("2027-01-11T00:00:00Z"))] });
        Assert.Equal(
            [
                new TraceStep("permit[0]", "obtainConsent", Outcome.Satisfied, "is fulfilled first, until 2027-01-10T00:00:00Z", "fulfilled on 2027-01-11T00:00:00Z, late: its consequences are asked too", "the record of duties"),
                new TraceStep("permit[0]", "compensate", Outcome.NotKnown, "is fulfilled first", null, "the record of duties"),
            ],
            owing.Trace);
        Assert.Equal("permit[0]: the duty 'compensate' comes first, and is not known to be fulfilled", owing.Reason);
        Assert.Equal(
            new TraceStep("permit[0]", "obtainConsent", Outcome.Satisfied, "is fulfilled first", "fulfilled in time", "the record of duties"),
            Assert.Single(Evaluate("permit: [ { then: [ { obtainConsent: } ] } ]", Nothing with { Fulfilled = ["obtainConsent"] }).Trace));
    }

    [Theory]
    [InlineData("attribute: ", DutyState.Ongoing)]
    [InlineData("attribute: { within: P3D }", DutyState.Overdue)]
    public void S56_a_duty_owed_all_the_while_is_never_over(string duty, DutyState state) =>
        Assert.Equal(state, Assert.Single(Standing($"permit: [ {{ then: [ {{ {duty} }} ] }} ]", null)).State);

    [Theory]
    [InlineData("{ then: [ { obtainConsent: } ] }, { action: use }", "")]
    [InlineData("{ then: [ { obtainConsent: } ] }, { when: [ { country: JP } ] }", "permit[0].then[0]")]
    [InlineData("{ when: [ { country: JP } ], then: [ { obtainConsent: } ] }, { then: [ { compensate: } ] }", "permit[1].then[0]")]
    [InlineData("{ then: [ { obtainConsent: } ] }, { then: [ { compensate: }, { reviewPolicy: } ] }", "permit[0].then[0] permit[1].then[0] permit[1].then[1]")]
    [InlineData("{ when: [ { country: JP } ], then: [ { obtainConsent: } ] }, { when: [ { country: DE } ], then: [ { compensate: } ] }", "permit[0].then[0] permit[1].then[0]")]
    [InlineData("{ action: print, then: [ { obtainConsent: } ] }, { then: [ { compensate: } ] }", "permit[1].then[0]")]
    public void S60_data_is_withheld_for_the_duties_of_permissions_that_would_let_it_flow(string permissions, string withholding)
    {
        var body = $"permit: [ {permissions} ]";

        Assert.Equal(withholding, string.Join(' ', PolicyText.Compile(body).Withholding(EnforcementPoint.Transfer, Nothing, Standing(body, null)).Select(d => d.Place)));
        Assert.Equal(withholding.Length == 0, Permits(body));
    }

    [Fact]
    public void S60_an_obligation_is_missing_on_every_permission()
    {
        const string Body = "permit: [ { action: use }, { then: [ { compensate: } ] } ]\noblige: [ { obtainConsent: } ]";

        Assert.Equal(["permit[1].then[0]", "oblige[0]"], PolicyText.Compile(Body).Withholding(EnforcementPoint.Transfer, Nothing, Standing(Body, null)).Select(d => d.Place));
        Assert.Empty(PolicyText.Compile(Body).Withholding(EnforcementPoint.Transfer, Nothing, Standing(Body, null, "obtainConsent")));
    }

    /// <summary>How it stands with duties on the day of <see cref="Nothing"/>, of an agreement signed on 1 January.</summary>
    private static ImmutableArray<DutyStanding> Standing(string body, string? ended, params Fulfilment[] fulfilled) => Standing(body, ended, Nothing.Now, fulfilled);

    private static ImmutableArray<DutyStanding> Standing(string body, string? ended, DateTimeOffset now, params Fulfilment[] fulfilled)
    {
        var signed = At("2027-01-01T00:00:00Z");
        var events = new DutyEvents(new Dictionary<string, DateTimeOffset?> { ["agreementStart"] = signed, ["agreementEnd"] = ended is null ? null : At(ended) });
        return DutyStanding.Of(PolicyText.Of(body), [.. fulfilled], events, signed, now);
    }

    private static bool Permits(string body, params Fulfilment[] fulfilled)
    {
        var facts = Nothing with { Fulfilled = [.. fulfilled] };
        var permits = Evaluate(body, facts).Permitted;
        if (!fulfilled.Any(f => f.Duty.Contains('[', StringComparison.Ordinal)))
        {
            Assert.Equal(NaiveEvaluator.Permits(PolicyText.Of(body), EnforcementPoint.Transfer, facts), permits);
        }

        return permits;
    }
}

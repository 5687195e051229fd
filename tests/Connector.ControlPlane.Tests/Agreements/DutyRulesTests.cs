using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.Policies;
using Connector.Testing.Stores;

namespace Connector.ControlPlane.Tests.Agreements;

/// <summary>What the operator is told of a duty that cannot be recorded, to the letter, and what a record says.</summary>
public sealed class DutyRulesTests
{
    private static readonly DateTimeOffset s_now = new(2027, 1, 15, 0, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<DutyStanding> s_duties =
    [
        Standing("permit[0].then[0]", "obtainConsent", DutyState.Open, first: true),
        Standing("permit[0].then[1]", "attribute", DutyState.Ongoing),
        Standing("permit[0].then[2]", "inform", DutyState.Overdue),
        Standing("oblige[0]", "inform", DutyState.Open),
        Standing("oblige[1]", "delete", DutyState.NotOwed),
    ];

    public static TheoryData<string, Refusal> Refused => new()
    {
        {
            "consent", new(RefusalKind.NotFound, "duty-unknown",
                "agreement 'a' has no duty 'consent'; its duties are obtainConsent (permit[0].then[0]), attribute (permit[0].then[1]), inform (permit[0].then[2]), inform (oblige[0]), delete (oblige[1])",
                "duty", "name one of these by its action or its place")
        },
        { "inform", new(RefusalKind.Malformed, "malformed", "duty: 'inform' names 2 duties of the agreement: inform (permit[0].then[2]), inform (oblige[0])", "duty", "name the one that you mean by its place") },
        {
            "attribute", new(RefusalKind.InvalidTransition, "duty-ongoing", "'attribute' is owed for as long as the data is used, so that it is never over and done with",
                "duty", "nothing is to be recorded; whoever breaks it is told so, or the agreement is terminated")
        },
        {
            "oblige[1]", new(RefusalKind.InvalidTransition, "duty-not-owed", "'oblige[1]' is not owed yet: the event that it is counted from has not happened, or the duty that it follows from was not missed",
                "duty", "record it when it is owed and done; 'get agreements' shows how it stands")
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_recorded_is_refused_with_what_to_do(string named, Refusal refusal) => Assert.Equal(refusal, Record(named).Refusal);

    [Fact]
    public void An_agreement_without_duties_has_nothing_to_record() => Assert.Equal(
        new Refusal(RefusalKind.NotFound, "duty-unknown", "agreement 'a' has no duties, and so not 'delete'", "duty", "there is nothing to record"),
        DutyRules.Record(Records.Agreement("a"), [], "delete", s_now, null, s_now).Refusal);

    [Fact]
    public void What_lies_ahead_is_refused() => Assert.Equal(
        Refusal.Malformed("at", "2027-01-15T00:00:00.0000001Z is not over yet, it is 2027-01-15T00:00:00Z", "record what was done once it was done"),
        DutyRules.Record(Records.Agreement("a"), s_duties, "obtainConsent", s_now.AddTicks(1), null, s_now).Refusal);

    [Theory]
    [InlineData("obtainConsent", "permit[0].then[0]", "obtainConsent")]
    [InlineData("permit[0].then[2]", "permit[0].then[2]", "inform")]
    [InlineData("oblige[0]", "oblige[0]", "inform")]
    public void A_record_names_the_duty_by_its_place_and_says_when_it_was_done_when_that_was_recorded_and_how_it_is_known(string named, string place, string action) =>
        Assert.Equal(new DutyRecord(place, action, s_now.AddDays(-1), s_now, "form 114"), Record(named).Value);

    [Theory]
    [InlineData("obtainConsent", "agreement-revoked")]
    [InlineData("oblige[0]", null)]
    public void After_the_end_only_what_data_waits_for_is_refused(string named, string? refused) =>
        Assert.Equal(refused, DutyRules.Record(Records.Agreement("a").Ended(), s_duties, named, s_now, null, s_now).Refusal?.Code);

    [Fact]
    public void What_was_recorded_is_not_recorded_anew_whatever_has_happened_since()
    {
        var first = new DutyRecord("permit[0].then[0]", "obtainConsent", s_now.AddDays(-3), s_now.AddDays(-2), null);

        Assert.Same(first, DutyRules.Record(Records.Agreement("a").Ended() with { Duties = [first] }, s_duties, "obtainConsent", s_now.AddDays(1), "again", s_now).Value);
    }

    private static Result<DutyRecord> Record(string named) => DutyRules.Record(Records.Agreement("a"), s_duties, named, s_now.AddDays(-1), "form 114", s_now);

    private static DutyStanding Standing(string place, string action, DutyState state, bool first = false) => new(place, new Duty(action, []), first, state, null, null);
}

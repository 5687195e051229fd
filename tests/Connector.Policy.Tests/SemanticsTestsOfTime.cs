using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>Sentences of SEMANTICS.md on time.</summary>
public sealed class SemanticsTestsOfTime
{
    [Fact]
    public void S15_one_instant_may_be_written_in_many_zones()
    {
        Assert.True(Allows("{ now: { before: 2027-01-15T09:00:01+09:00 } }", Nothing));
        Assert.False(Allows("{ now: { before: 2027-01-15T09:00:00+09:00 } }", Nothing));
        Assert.True(Allows("{ now: { until: 2027-01-15T00:00:00Z } }", Nothing.On("2027-01-15T09:00:00+09:00")));
        Assert.Contains("offset", Faults("permit: [ { when: [ { now: { before: 2027-01-15T00:00:00 } } ] } ]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-01-09T23:59:59.9999999Z", false)]
    [InlineData("2027-01-10T00:00:00Z", true)]
    [InlineData("2027-01-19T23:59:59.9999999Z", true)]
    [InlineData("2027-01-20T00:00:00Z", false)]
    public void S16_a_window_is_half_open(string now, bool inside) => Assert.Equal(inside, Allows("{ now: { from: 2027-01-10T00:00:00Z, before: 2027-01-20T00:00:00Z } }", Nothing.On(now)));

    [Theory]
    [InlineData("2027-01-10T00:00:00Z", false)]
    [InlineData("2027-01-10T00:00:00.0000001Z", true)]
    [InlineData("2027-01-20T00:00:00Z", true)]
    [InlineData("2027-01-20T00:00:00.0000001Z", false)]
    public void S17_until_includes_and_after_leaves_out(string now, bool inside) => Assert.Equal(inside, Allows("{ now: { after: 2027-01-10T00:00:00Z, until: 2027-01-20T00:00:00Z } }", Nothing.On(now)));

    [Theory]
    [InlineData("max", "2027-01-31T00:00:00Z", true)]
    [InlineData("max", "2027-01-31T00:00:00.0000001Z", false)]
    [InlineData("less", "2027-01-30T23:59:59.9999999Z", true)]
    [InlineData("less", "2027-01-31T00:00:00Z", false)]
    [InlineData("is", "2027-01-31T00:00:00Z", true)]
    [InlineData("is", "2027-01-31T00:00:00.0000001Z", false)]
    public void S18_elapsed_counts_from_the_signature(string word, string now, bool holds) =>
        Assert.Equal(holds, Allows($"{{ elapsed: {{ {word}: P30D }} }}", Nothing.On(now).Signed("2027-01-01T00:00:00Z")));

    [Theory]
    [InlineData("P1M", "2027-01-31T00:00:00Z", "2027-02-28T00:00:00Z")]
    [InlineData("P1Y", "2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z")]
    [InlineData("P1M", "2027-02-01T08:30:00+09:00", "2027-02-28T23:30:00Z")]
    [InlineData("P1D", "2027-01-31T12:00:00Z", "2027-02-01T12:00:00Z")]
    [InlineData("PT24H", "2027-01-31T12:00:00Z", "2027-02-01T12:00:00Z")]
    public void S19_months_are_of_the_calendar_and_days_of_24_hours(string span, string from, string end)
    {
        Assert.True(Allows($"{{ elapsed: {{ max: {span} }} }}", Nothing.On(end).Signed(from)));
        Assert.False(Allows($"{{ elapsed: {{ max: {span} }} }}", (Nothing with { Now = At(end).AddTicks(1) }).Signed(from)));
    }

    [Theory]
    [InlineData("2027-01-01T23:59:59Z", false, false)]
    [InlineData("2027-01-02T00:00:00Z", true, false)]
    [InlineData("2027-01-02T00:00:01Z", true, true)]
    public void S20_waits_end_with_their_span(string now, bool min, bool more)
    {
        var signed = Nothing.On(now).Signed("2027-01-01T00:00:00Z");
        var used = Nothing.On(now) with { LastUsedAt = At("2027-01-01T00:00:00Z") };

        Assert.Equal((min, min, more), (Allows("{ delay: { min: P1D } }", signed), Allows("{ delay: P1D }", signed), Allows("{ delay: { more: P1D } }", signed)));
        Assert.Equal((min, min, more), (Allows("{ interval: { min: P1D } }", used), Allows("{ interval: P1D }", used), Allows("{ interval: { more: P1D } }", used)));
    }

    [Fact]
    public void S21_what_was_never_used_need_not_wait()
    {
        Assert.True(Allows("{ interval: { min: P1D } }", Nothing with { LastUsedAt = DateTimeOffset.MinValue }));
        Assert.Equal("policy-not-known", Evaluate("permit: [ { when: [ { interval: { min: P1D } } ] } ]", Nothing).ReasonCode);
    }

    [Fact]
    public void S22_the_ends_of_Catena_X_are_included()
    {
        Assert.True(Allows("{ dataUsageEndDate: 2027-01-15T00:00:00Z }", Nothing));
        Assert.False(Allows("{ dataUsageEndDate: 2027-01-14T23:59:59Z }", Nothing));
        Assert.True(Allows("{ dataUsageEndDurationDays: \"5\" }", Nothing.Signed("2027-01-10T00:00:00Z")));
        Assert.False(Allows("{ dataUsageEndDurationDays: \"5\" }", Nothing.Signed("2027-01-09T23:59:59Z")));
        Assert.False(Allows("{ dataUsageEndDurationDays: \"5\" }", Nothing));
    }

    [Theory]
    [InlineData("permit: [ { when: [ { membership: active }, { now: { before: 2027-02-01T00:00:00Z } } ], then: [ { obtainConsent: } ] } ]", true)]
    [InlineData("permit: [ { when: [ { membership: active }, { now: { before: 2027-01-15T00:00:00Z } } ] } ]", false)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { membership: none } ] } ]", true)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { now: { from: 2027-01-15T00:00:00Z } } ] } ]", false)]
    [InlineData("permit: [ { when: [ { any: [ { country: JP }, { now: { before: 2027-01-15T00:00:00Z } } ] } ] } ]", true)]
    [InlineData("permit: [ { when: [ { elapsed: { max: P1D } } ] } ]", true)]
    public void S48_asked_by_time_alone_what_is_no_time_says_nothing(string body, bool permits) => Assert.Equal(permits, Permits(body, Nothing with { TimeAlone = true }, EnforcementPoint.During));

    [Theory]
    [InlineData("permit: [ { when: [ { now: { before: 2027-01-15T00:00:00Z } } ] } ]", true)]
    [InlineData("permit: [ { when: [ { now: { before: 2027-01-15T00:00:01Z } } ] } ]", false)]
    [InlineData("permit: [ { when: [ { now: { from: 2027-02-01T00:00:00Z, before: 2027-03-01T00:00:00Z } } ] } ]", false)]
    [InlineData("permit: [ { when: [ { now: { from: 2027-03-01T00:00:00Z, before: 2027-02-01T00:00:00Z } } ] } ]", true)]
    [InlineData("permit: [ { when: [ { elapsed: P5D } ] }, { action: print, when: [ { now: { before: 2029-01-01T00:00:00Z } } ] } ]", true)]
    [InlineData("permit: [ { when: [ { elapsed: P6D } ] } ]", false)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { now: { from: 2027-01-15T00:00:00Z } } ] } ]", true)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { now: { before: 2027-02-01T00:00:00Z } } ] } ]", false)]
    [InlineData("permit: [ { when: [ { membership: active } ], then: [ { obtainConsent: } ] } ]", false)]
    public void S49_a_policy_is_over_when_time_refuses_for_good(string body, bool over) => Assert.Equal(over, PolicyText.Compile(body).IsOver(EnforcementPoint.During, Nothing.Signed("2027-01-09T12:00:00Z")));

    [Theory]
    [InlineData("{ now: { before: 2027-02-01T00:00:00Z } }", "2027-02-01T00:00:00Z")]
    [InlineData("{ now: { from: 2027-02-01T00:00:00Z } }", "2027-02-01T00:00:00Z")]
    [InlineData("{ now: { until: 2027-02-01T00:00:00Z } }", "2027-02-01T00:00:00.0000001Z")]
    [InlineData("{ now: { after: 2027-02-01T00:00:00Z } }", "2027-02-01T00:00:00.0000001Z")]
    [InlineData("{ any: [ { now: { before: 2027-03-01T00:00:00Z } }, { all: [ { now: { from: 2027-02-01T00:00:00Z } } ] } ] }", "2027-02-01T00:00:00Z")]
    [InlineData("{ elapsed: { max: P30D } }", "2027-02-09T00:00:00.0000001Z")]
    [InlineData("{ now: { until: 2027-01-15T00:00:00Z } }", "2027-01-15T00:00:00.0000001Z")]
    [InlineData("{ now: { before: 2027-01-15T00:00:00Z } }", null)]
    [InlineData("{ now: { until: 9999-12-31T23:59:59.9999999+09:00 } }", "9999-12-31T15:00:00Z")]
    [InlineData("{ membership: active }", null)]
    public void S23_the_next_change_is_the_first_instant_at_which_the_verdict_can_differ(string when, string? change)
    {
        var facts = Nothing.Signed("2027-01-10T00:00:00Z");
        var expected = change is null ? (DateTimeOffset?)null : At(change);

        Assert.Equal(expected, Evaluate($"permit: [ {{ when: [ {when} ] }} ]", facts).ChangesAt);
        Assert.Equal(expected, Evaluate($"permit: [ {{ action: use }} ]\nforbid: [ {{ when: [ {when} ] }} ]", facts).ChangesAt);
    }
}

using Connector.Policies;

namespace Connector.Policy.Tests;

public sealed class PolicyComparisonTests
{
    [Theory]
    [InlineData("membership: active", "membership: active", true)]
    [InlineData("membership: active", "membership: { in: [active, gold] }", true)]
    [InlineData("membership: { in: [active, gold] }", "membership: active", false)]
    [InlineData("membership: { in: [active, gold] }", "membership: { in: [gold, active, silver] }", true)]
    [InlineData("country: active", "membership: active", false)]
    [InlineData("membership: { in: [a, b] }", "country: { in: [a, b, c] }", false)]
    [InlineData("membership: { notIn: [a, b] }", "membership: { not: a }", true)]
    [InlineData("membership: { not: a }", "membership: { notIn: [a, b] }", false)]
    [InlineData("membership: { not: a }", "membership: a", false)]
    [InlineData("purpose: pcf-calculation", "purpose: regulatory-reporting", true)]
    [InlineData("purpose: regulatory-reporting", "purpose: pcf-calculation", false)]
    [InlineData("purpose: { notIn: [regulatory-reporting] }", "purpose: { notIn: [pcf-calculation, cbam-reporting] }", true)]
    [InlineData("purpose: { notIn: [pcf-calculation] }", "purpose: { notIn: [regulatory-reporting] }", false)]
    [InlineData("membership: pcf-calculation", "membership: regulatory-reporting", false)]
    [InlineData("now: { before: 2027-01-01T00:00:00Z }", "now: { before: 2027-01-01T09:00:00+09:00 }", true)]
    [InlineData("now: { before: 2027-01-01T00:00:00Z }", "now: { until: 2027-01-01T00:00:00Z }", true)]
    [InlineData("now: { until: 2027-01-01T00:00:00Z }", "now: { before: 2027-01-01T00:00:00Z }", false)]
    [InlineData("now: { before: 2027-01-02T00:00:00Z }", "now: { before: 2027-01-01T00:00:00Z }", false)]
    [InlineData("now: { until: 2027-01-01T00:00:00Z }", "now: { until: 2027-01-02T00:00:00Z }", true)]
    [InlineData("now: { after: 2027-01-01T00:00:00Z }", "now: { from: 2027-01-01T00:00:00Z }", true)]
    [InlineData("now: { from: 2027-01-01T00:00:00Z }", "now: { after: 2027-01-01T00:00:00Z }", false)]
    [InlineData("now: { from: 2027-01-02T00:00:00Z }", "now: { from: 2027-01-01T00:00:00Z }", true)]
    [InlineData("now: { from: 2027-01-01T00:00:00Z }", "now: { from: 2027-01-02T00:00:00Z }", false)]
    [InlineData("now: { from: 2027-01-02T00:00:00Z }", "now: { before: 2027-01-03T00:00:00Z }", false)]
    [InlineData("elapsed: { max: P10D }", "elapsed: { max: P20D }", true)]
    [InlineData("elapsed: { max: P20D }", "elapsed: { max: P10D }", false)]
    [InlineData("elapsed: { max: PT24H }", "elapsed: { max: P1D }", true)]
    [InlineData("elapsed: { max: P1M }", "elapsed: { max: P31D }", false)]
    [InlineData("elapsed: { max: P1D }", "elapsed: { max: P1M }", false)]
    [InlineData("elapsed: { less: P1M }", "elapsed: { less: P2M }", false)]
    [InlineData("count: { max: \"9\" }", "count: { max: \"10\" }", true)]
    [InlineData("count: { max: \"10\" }", "count: { max: \"9\" }", false)]
    [InlineData("count: { min: \"10\" }", "count: { min: \"9.5\" }", true)]
    public void A_condition_is_within_another_when_it_holds_only_where_the_other_does(string requested, string offered, bool within)
    {
        Assert.Equal(within, Within($"permit: [ {{ when: [ {{ {requested} }} ] }} ]", $"permit: [ {{ when: [ {{ {offered} }} ] }} ]"));
        Assert.Equal(within, Within($"permit: [ {{ refine: [ {{ {requested} }} ] }} ]", $"permit: [ {{ when: [ {{ {offered} }} ] }} ]"));
        Assert.Equal(within, Within($"permit: [ {{ when: [ {{ {requested} }}, {{ lei: x }} ] }} ]", $"permit: [ {{ refine: [ {{ {offered} }} ] }} ]"));
    }

    [Theory]
    [InlineData("permit: [ { action: print } ]", "permit: [ { action: use } ]", true)]
    [InlineData("permit: [ { action: use } ]", "permit: [ { action: print } ]", false)]
    [InlineData("permit: [ { action: use }, { action: transfer } ]", "permit: [ { action: use } ]", false)]
    [InlineData("permit: [ { action: use } ]", "permit: [ { action: use } ]\nforbid: [ { action: print } ]", false)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { action: use } ]", "permit: [ { action: use } ]\nforbid: [ { action: print } ]", true)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { lei: x } ] } ]", "permit: [ { action: use } ]\nforbid: [ { action: use } ]", false)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { refine: [ { lei: x } ] } ]", "permit: [ { action: use } ]\nforbid: [ { action: use } ]", false)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { when: [ { lei: x } ], refine: [ { lei: y } ] } ]", "permit: [ { action: use } ]\nforbid: [ { when: [ { lei: x } ] } ]", false)]
    [InlineData("permit: [ { action: use } ]\nforbid: [ { action: use } ]", "permit: [ { action: use } ]\nforbid: [ { remedy: [ { delete: } ] } ]", false)]
    [InlineData("permit: [ { then: [ { delete: } ] } ]", "permit: [ { action: use } ]", true)]
    [InlineData("permit: [ { action: use } ]", "permit: [ { then: [ { delete: } ] } ]", false)]
    [InlineData("permit: [ { then: [ { delete: { within: P1D } } ] } ]", "permit: [ { then: [ { delete: { within: P2D } } ] } ]", false)]
    [InlineData("permit: [ { action: use } ]", "permit: [ { action: use } ]\noblige: [ { inform: } ]", false)]
    [InlineData("permit: [ { then: [ { delete: } ] } ]", "permit: [ { then: [ { delete: { otherwise: [ { compensate: } ] } } ] } ]", false)]
    public void A_policy_is_within_another_when_it_keeps_its_prohibitions_and_duties(string requested, string offered, bool within)
    {
        Assert.Equal(within, Within(requested, offered));
        Assert.True(Within(offered, offered));
    }

    private static bool Within(string requested, string offered) => PolicyComparison.IsWithin(PolicyText.Of(requested), PolicyText.Of(offered));
}

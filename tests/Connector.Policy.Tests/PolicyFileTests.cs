using System.Collections.Immutable;
using System.Globalization;
using Connector.Policies;

namespace Connector.Policy.Tests;

public sealed class PolicyFileTests
{
    private const string DirectCustomers = """
        apiVersion: connector/v1
        kind: Policy
        name: cfp-direct-customers
        permit:
          - action: use
            when:
              - membership: active
              - corporateNumber: { in: ["7999999999902"] }
              - purpose: { anyOf: [pcf-calculation, regulatory-reporting] }
              - now: { before: 2029-04-01T00:00:00+09:00 }
            then:
              - delete: { within: P30D, after: agreementEnd }
        forbid:
          - action: use
            when: [ { purpose: ai-training } ]
        """;

    [Theory]
    [InlineData("pcf-calculation", "2029-03-31T14:59:59Z", true, null)]
    [InlineData("pcf-calculation", "2029-03-31T15:00:00Z", false, "policy-expired")]
    [InlineData("ai-training", "2028-01-01T00:00:00Z", false, "policy-prohibited")]
    [InlineData("marketing", "2028-01-01T00:00:00Z", false, "policy-denied")]
    [InlineData("", "2028-01-01T00:00:00Z", false, "policy-not-known")]
    public void The_policy_of_the_design_permits_direct_customers_for_its_purposes_until_its_day(string purpose, string now, bool permitted, string? code)
    {
        var verdict = Evaluate(EnforcementPoint.Negotiation, purpose, now, ("membership", "active"), ("corporateNumber", "7999999999902"));

        Assert.Equal((permitted, code), (verdict.Permitted, verdict.ReasonCode));
    }

    [Fact]
    public void A_claim_that_is_not_known_is_never_taken_to_hold()
    {
        var verdict = Evaluate(EnforcementPoint.Negotiation, "pcf-calculation", "2028-01-01T00:00:00Z", ("corporateNumber", "7999999999902"));

        Assert.Equal((false, "policy-not-known"), (verdict.Permitted, verdict.ReasonCode));
        Assert.Contains("membership", verdict.PeerReason, StringComparison.Ordinal);
        Assert.DoesNotContain("7999999999902", verdict.PeerReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_purpose_decides_nothing_about_what_the_catalog_shows() =>
        Assert.True(Evaluate(EnforcementPoint.Catalog, "", "2028-01-01T00:00:00Z", ("membership", "active"), ("corporateNumber", "7999999999902")).Permitted);

    [Fact]
    public void A_permit_carries_its_duties_and_the_instant_at_which_it_ends()
    {
        var verdict = Evaluate(EnforcementPoint.Transfer, "pcf-calculation", "2028-01-01T00:00:00Z", ("membership", "active"), ("corporateNumber", "7999999999902"));

        Assert.Equal("delete", Assert.Single(verdict.Duties).Action);
        Assert.Equal(DateTimeOffset.Parse("2029-04-01T00:00:00+09:00", CultureInfo.InvariantCulture), verdict.ChangesAt);
    }

    [Theory]
    [InlineData("permit: [ { when: [ { membreship: active } ] } ]", "membreship", "membership")]
    [InlineData("permit: [ { action: sue } ]", "sue", "use")]
    [InlineData("permit: [ { when: [ { now: { befor: 2029-04-01T00:00:00Z } } ] } ]", "befor", "before")]
    [InlineData("permit: [ { when: [ { now: { before: 2029-04-01 } } ] } ]", "2029-04-01", "offset")]
    [InlineData("permit: [ { when: [ { elapsed: { max: 30 days } } ] } ]", "30 days", "P30D")]
    [InlineData("permit: [ { when: [ { corporateNumber: { inn: [a] } } ] } ]", "inn", "in")]
    [InlineData("permitt: []", "permitt", "permit")]
    [InlineData("permit: [ { when: [ { any: [] } ] } ]", "any", "condition")]
    [InlineData("permit: [ &a { action: use }, *a ]", "anchors", "YAML")]
    [InlineData("permit: [ { action: use, action: use } ]", "action", "merge")]
    public void What_is_wrong_in_a_policy_file_is_named_with_its_line_and_what_was_meant(string body, string named, string meant)
    {
        var (_, faults) = Read($"apiVersion: connector/v1\nkind: Policy\nname: p\n{body}\n");

        Assert.NotEmpty(faults);
        Assert.All(faults, f => Assert.True(f.Line > 0, f.ToString()));
        Assert.Contains(faults, f => f.ToString().Contains(named, StringComparison.Ordinal));
        Assert.Contains(faults, f => f.ToString().Contains(meant, StringComparison.Ordinal));
    }

    [Fact]
    public void Bombs_of_depth_and_size_are_refused()
    {
        Assert.NotEmpty(Read(new string('[', 5000)).Faults);
        Assert.NotEmpty(Read(new string('x', 2 * 1024 * 1024)).Faults);
    }

    [Theory]
    [InlineData("2026-01-31T00:00:00Z", "P1M", "2026-02-28T00:00:00Z")]
    [InlineData("2026-01-31T00:00:00Z", "PT60M", "2026-01-31T01:00:00Z")]
    [InlineData("2026-01-31T00:00:00Z", "P1Y2DT3H", "2027-02-02T03:00:00Z")]
    public void Spans_count_calendar_months_from_their_start(string start, string span, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), Spans.After(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), span));

    private static Verdict Evaluate(EnforcementPoint at, string purpose, string now, params (string Name, string Value)[] claims)
    {
        var (document, faults) = Read(DirectCustomers);
        Assert.Empty(faults);
        return CompiledPolicy.Compile(document!.Policy).Evaluate(at, new Facts
        {
            ParticipantId = "did:web:battery.example",
            Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
            Purposes = purpose.Length == 0 ? [] : [purpose],
            Claims = claims.ToImmutableDictionary(c => c.Name, c => new Claim([c.Value], "test")),
        });
    }

    private static (PolicyDocument? Document, List<Fault> Faults) Read(string text)
    {
        var faults = new List<Fault>();
        return (PolicyText.Read(text, faults), faults);
    }
}

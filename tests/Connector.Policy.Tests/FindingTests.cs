using System.Globalization;
using System.Text;
using Connector.Policies;
using Connector.Policies.Diff;
using Connector.Policies.Lint;
using Connector.Policies.Yaml;
using Connector.Testing;

namespace Connector.Policy.Tests;

/// <summary>What lint finds in policies and offers, and what diff tells of a change, to the letter.</summary>
public sealed class FindingTests
{
    private const string Now = "now: { before: 2029-04-01T00:00:00Z }";

    private static readonly string[] s_bodies =
    [
        "permit: [ { action: use } ]",
        "permit: [ { when: [ { country: JP }, { membership: active } ] } ]",
        "permit: [ { when: [ { now: { before: 2026-01-01T00:00:00Z, from: 2026-01-01T00:00:00Z } } ] } ]",
        "permit: [ { when: [ { country: JP }, { country: DE } ] } ]",
        "permit: [ { when: [ { country: JP } ] }, { when: [ { country: [ JP, DE ] } ] } ]",
        "permit: [ { when: [ { country: JP }, { country: [ JP, DE ] } ] } ]",
        "permit: [ { when: [ { country: JP } ] } ]\nforbid: [ { when: [ { country: [ JP, DE ] } ] } ]",
        "permit: [ { when: [ { country: JP } ] } ]\nforbid: [ { when: [ { country: DE } ] } ]",
        "permit: [ { action: use } ]\nforbid: [ { when: [ { country: JP }, { country: DE } ] } ]",
        "permit: [ { action: use } ]\nforbid: [ { action: use } ]",
        "forbid: [ { action: print } ]",
        "permit: [ { action: use } ]\nforbid: [ { action: print } ]",
        "permit: [ { when: [ { now: { before: 2026-12-31T00:00:00Z } } ] } ]",
        "permit: [ { when: [ { now: { before: 2027-01-15T00:00:00Z } } ] } ]",
        "permit: [ { when: [ { now: { before: 2027-01-15T00:00:01Z } } ] } ]",
        "permit: [ { when: [ { now: { from: 2026-12-31T00:00:00Z } } ] } ]",
        "permit: [ { when: [ { warranty: none }, { country: JP } ] } ]",
        "permit: [ { when: [ { warranty: none } ] } ]",
        "permit: [ { when: [ { any: [ { purpose: marketing }, { all: [ { country: JP }, { lei: x } ] } ] } ] } ]",
        "permit: [ { when: [ { any: [ { country: JP }, { country: JP } ] } ] } ]",
        "permit:\n  - when:\n      - country: JP\n      - any: [ { purpose: analytics }, { purpose: benchmarking } ]\n        membership: active\n      - membership: active\n",
        "permit: [ { when: [ { purpose: analytics } ] }, { when: [ { purpose: benchmarking } ] } ]",
        "permit: [ { when: [ { elapsed: { max: P30D } } ] }, { when: [ { elapsed: { max: P60D } } ] } ]",
        "permit: [ { when: [ { language: ja }, { count: { max: 3 } } ] } ]",
        "permit: [ { then: [ { obtainConsent: { otherwise: [ { compensate: { otherwise: [ { inform: } ] } } ] } }, { delete: { within: P1D, otherwise: [ { inform: } ] } } ] } ]\noblige: [ { inform: { after: agreementEnd, otherwise: [ { compensate: } ] } } ]",
        "permit: [ { then: [ { obtainConsent: { before: 2027-01-15T00:00:00Z } }, { compensate: { before: 2027-01-15T00:00:01Z } }, { reviewPolicy: { when: [ { now: { until: 2027-01-15T00:00:00Z } } ] } } ] } ]",
        "permit: [ { action: use } ]\nforbid: [ { when: [ { percentage: { more: 50 } } ] } ]",
        $"permit: [ {{ when: [ {string.Join(", ", Enumerable.Range(0, 24).Select(i => $"{{ claim: {{ name: c{i}, is: x }} }}"))} ] }} ]",
    ];

    private static readonly (string Old, string New)[] s_changes =
    [
        ("permit: [ { when: [ { country: JP } ] } ]", "permit: [ { when: [ { country: [ JP, DE ] } ] } ]"),
        ("permit: [ { when: [ { country: JP }, { membership: active } ] } ]", "permit: [ { when: [ { membership: active } ] } ]"),
        ("permit: [ { when: [ { purpose: analytics } ] } ]", "permit: [ { when: [ { purpose: benchmarking } ] } ]"),
        ($"permit: [ {{ when: [ {{ {Now} }} ] }} ]", "permit: [ { when: [ { now: { before: 2028-04-01T00:00:00Z } } ] } ]"),
        ($"permit: [ {{ when: [ {{ {Now} }} ] }} ]", "permit: [ { action: use } ]"),
        ("permit: [ { when: [ { elapsed: { max: P30D } } ] } ]", "permit: [ { when: [ { elapsed: { max: P60D } } ] } ]"),
        ("permit: [ { when: [ { elapsed: { max: P30D } } ] } ]", "permit: [ { when: [ { delay: { min: P30D } } ] } ]"),
        ("permit: [ { action: use } ]", "permit: [ { action: use } ]\nforbid: [ { action: print } ]"),
        ("permit: [ { action: use } ]", "permit: [ { action: use } ]\nforbid: [ { when: [ { purpose: ai-training } ] } ]"),
        ("permit: [ { action: use, then: [ { delete: { within: P30D } } ] } ]", "permit: [ { action: use, then: [ { delete: { within: P60D } } ] } ]"),
        ("permit: [ { action: use } ]", "permit: [ { action: use, then: [ { obtainConsent: } ] } ]"),
        ("permit: [ { when: [ { count: { max: 5 } } ] } ]", "permit: [ { when: [ { count: { max: 10 } } ] } ]"),
        ("permit: [ { when: [ { participant: did:web:a.example } ] } ]", "permit: [ { when: [ { participant: [ did:web:a.example, did:web:b.example ] } ] } ]"),
        ("permit: [ { when: [ { any: [ { country: JP }, { lei: x } ] } ] } ]", "permit: [ { when: [ { oneOf: [ { country: JP }, { lei: x } ] } ] } ]"),
        ("permit: [ { action: use } ]", "permit: [ { action: use } ]"),
    ];

    [Fact]
    public void Lint_finds_in_each_policy_what_the_golden_file_says()
    {
        var text = new StringBuilder();
        foreach (var body in s_bodies)
        {
            var found = PolicyLint.Check(Source("p", body), Asked.At("2027-01-15T00:00:00Z"));
            Tell(text, body, found.Length > 0 ? [.. found.Select(f => f.ToString())] : ["nothing"]);
        }

        Assert.Equal(Golden.Expect("lint.txt", text.ToString()), text.ToString());
    }

    [Fact]
    public void An_offer_that_hides_by_what_the_catalog_does_not_ask_and_one_wider_than_another_are_found()
    {
        PolicySource[] policies =
        [
            Source("narrow", "permit: [ { when: [ { country: JP }, { purpose: marketing } ] } ]"), Source("wide", "permit: [ { when: [ { country: JP } ] } ]"), Source("other", "permit: [ { when: [ { country: DE } ] } ]"),
        ];
        OfferSource[] offers = [new("a", ["d1", "d2"], "narrow", "narrow"), new("b", ["d2"], "wide", "wide"), new("c", ["d2"], null, "other"), new("d", ["d3"], null, "wide"), new("e", ["d2"], "unknown", "unknown")];
        var text = new StringBuilder();
        Tell(text, "offers", [.. OfferLint.Check(offers, policies).Select(f => f.ToString())]);

        Assert.Equal(Golden.Expect("lint.offers.txt", text.ToString()), text.ToString());
    }

    [Fact]
    public void A_diff_tells_of_each_change_what_the_golden_file_says()
    {
        var text = new StringBuilder();
        foreach (var (old, @new) in s_changes)
        {
            var diff = PolicyDiff.Between(Source("p", old).Document.Policy, Source("p", @new).Document.Policy);
            Tell(text, $"{old}\n→ {@new}",
            [
                .. diff.Gained.Select(d => $"gained: {string.Join("; ", d.When)} {Witness(d.Witness)}"), .. diff.Lost.Select(d => $"lost: {string.Join("; ", d.When)} {Witness(d.Witness)}"),
                .. diff.DutiesGained.Select(d => $"duty gained: {d}"), .. diff.DutiesLost.Select(d => $"duty lost: {d}"), $"decided: {diff.Decided}",
            ]);
        }

        Assert.Equal(Golden.Expect("diff.txt", text.ToString()), text.ToString());
    }

    private static string Witness(Request r) => string.Create(
        CultureInfo.InvariantCulture,
        $"(at {r.At}, {r.Action} by {r.ParticipantId} on {r.Now:O}, signed {r.SignedAt:O}, for {string.Join("+", r.Purposes)}, {string.Join(" ", r.Claims.Concat(r.Observed).Select(c => $"{c.Key}={string.Join("+", c.Value)}"))}, fulfilled {string.Join("+", r.Fulfilled.Select(f => f.Duty))})");

    private static PolicySource Source(string name, string body)
    {
        var faults = new List<Fault>();
        var mapping = Assert.IsType<YamlMapping>(Assert.Single(YamlTree.Read($"apiVersion: connector/v1\nkind: Policy\nname: {name}\n{body}\n", "policy.yaml", faults)).Root);
        var document = PolicyYaml.Read(new Fields(mapping, "", "policy.yaml", faults));
        Assert.Empty(faults);
        return new PolicySource(document, mapping, "policy.yaml");
    }

    private static void Tell(StringBuilder text, string of, IEnumerable<string> lines) =>
        text.Append(of.Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n').AppendJoin("", lines.Select(l => $"  → {l}\n"));
}

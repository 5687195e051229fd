using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Policies;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Explanations;

public sealed class ExplanationServiceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Desk _desk;
    private readonly ExplanationService _explanations;

    public ExplanationServiceTests()
    {
        _desk = new Desk(_time);
        _explanations = new ExplanationService(_desk.Store, _desk.Store, _desk.Store, _desk.Store, _desk.Gate, _desk.Library, _desk.Policies, new PeerDirectory(_desk.Library), _time);
        var dataset = new Dataset("d", "urn:dataset:d", ImmutableSortedDictionary<string, string>.Empty, null, null, new DataSource("file", "/d"));
        var (seen, terms) = (Policy("membership"), Policy("country"));
        _desk.Library.Replace(new LibrarySnapshot([], _desk.Library.Current.Peers, [dataset],
            [new OfferedDataset(new Offer("o", "urn:offer:o", ["d"], "members", "t", Acceptance.Auto), dataset, new Terms("urn:offer:o", dataset.Id, terms.Json), terms, seen.Compiled)]));
    }

    [Theory]
    [InlineData(Records.Peer, EnforcementPoint.Catalog, null, true, "its document")]
    [InlineData("did:web:stranger.example", EnforcementPoint.Catalog, null, false, null)]
    [InlineData("did:web:stranger.example", EnforcementPoint.Catalog, "active", true, "stated")]
    [InlineData(Records.Peer, EnforcementPoint.Negotiation, null, false, null)]
    public void What_would_become_of_an_offer_is_told_with_every_condition_and_its_source(string who, EnforcementPoint at, string? membership, bool permitted, string? source)
    {
        var claims = membership is null ? null : ImmutableDictionary<string, Claim>.Empty.Add("membership", new Claim([membership], "stated"));
        var verdict = JsonNode.Parse(_explanations.WhatIf(new WhatIfAsked("o", null, who, at, [], claims, null)).Value.Verdict)!;

        var step = Assert.Single(verdict["trace"]!.AsArray())!;
        Assert.Equal(permitted, (bool)verdict["permitted"]!);
        Assert.Equal((at == EnforcementPoint.Catalog ? "membership" : "country", source), ((string?)step["condition"], (string?)step["source"]));
        Assert.Equal("active", (string?)step["expected"]);
    }

    [Theory]
    [InlineData(null, "NotKnown")]
    [InlineData("obtainConsent", "Satisfied")]
    public void What_would_become_of_an_offer_is_told_also_with_duties_that_are_done(string? done, string outcome)
    {
        var terms = new Policies.Policy { Permissions = [new Permission("use", [], []).Then("obtainConsent")] };
        var known = new KnownPolicy(terms, CompiledPolicy.Compile(terms), OdrlJson.ToJson(terms));
        var offered = _desk.Library.Current.Offers[0] with { TermsPolicy = known };
        _desk.Library.Replace(new LibrarySnapshot([], _desk.Library.Current.Peers, [offered.Dataset], [offered]));

        var verdict = _explanations.WhatIf(new WhatIfAsked("o", null, Records.Peer, EnforcementPoint.Transfer, [], null, null) { Fulfilled = done is null ? [] : [done] }).Value.Verdict;

        Assert.Equal(outcome, (string?)Assert.Single(JsonNode.Parse(verdict)!["trace"]!.AsArray())!["outcome"]);
    }

    [Fact]
    public async Task A_stored_refusal_is_explained_as_it_was_decided_then()
    {
        const string Then = """{"permitted":false,"code":"policy-denied","reason":"then","trace":[]}""";
        await _desk.Store.CommitAsync(new Change { Negotiations = [Records.Negotiation("n") with { Role = Role.Provider, State = NegotiationState.Terminated, Explanation = Then }, Records.Negotiation("asked-nothing")] }, default);

        var explained = (await _explanations.OfAsync("n", null, default)).Value;
        Assert.Equal((true, Then, Records.Time), (explained.Stored, explained.Verdict, explained.At));
        Assert.Equal("nothing-decided", (await _explanations.OfAsync("asked-nothing", null, default)).Refusal?.Code);
        Assert.Equal("not-found", (await _explanations.OfAsync("unheard", null, default)).Refusal?.Code);
    }

    [Fact]
    public async Task An_agreement_and_its_transfers_are_explained_by_what_is_known_now()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.When("count", ConstraintOperator.Lteq, "1").When("membership", ConstraintOperator.Eq, "suspended"));
        var transfer = await _desk.RunAsync(agreement);

        foreach (var id in (string[])[agreement.Id, transfer.Id])
        {
            var explained = (await _explanations.OfAsync(id, null, default)).Value;
            Assert.False(explained.Stored);
            Assert.Equal(["Satisfied", "Unsatisfied"], JsonNode.Parse(explained.Verdict)!["trace"]!.AsArray().Select(s => (string?)s!["outcome"]));
        }

        // Uses are counted where a transfer starts, and not again while it runs.
        var running = (await _explanations.OfAsync(transfer.Id, EnforcementPoint.During, default)).Value;
        Assert.Equal("NotEnforcedHere", (string?)JsonNode.Parse(running.Verdict)!["trace"]![0]!["outcome"]);
    }

    [Fact]
    public async Task An_agreement_that_has_ended_permits_nothing_whatever_its_terms_say()
    {
        var agreement = await _desk.SignAsync("a", Role.Provider, p => p.When("count", ConstraintOperator.Lteq, "1"));
        await _desk.Store.CommitAsync(new Change { Agreements = [agreement with { End = new AgreementEnd(Records.Time, Role.Provider, "revoked", "no more"), Version = agreement.Version + 1 }] }, default);

        var verdict = JsonNode.Parse((await _explanations.OfAsync(agreement.Id, null, default)).Value.Verdict)!;
        Assert.Equal((false, "agreement-revoked"), ((bool)verdict["permitted"]!, (string?)verdict["code"]));
        Assert.Contains("no more", (string?)verdict["reason"], StringComparison.Ordinal);
        Assert.Equal("Satisfied", (string?)Assert.Single(verdict["trace"]!.AsArray())!["outcome"]);
    }

    private static KnownPolicy Policy(string word)
    {
        var policy = new Policies.Policy { Permissions = [new Permission("use", [], []).When(word, ConstraintOperator.Eq, "active")] };
        return new KnownPolicy(policy, CompiledPolicy.Compile(policy), OdrlJson.ToJson(policy));
    }
}

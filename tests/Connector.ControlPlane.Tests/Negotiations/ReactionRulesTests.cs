using Connector.ControlPlane.Negotiations;

namespace Connector.ControlPlane.Tests.Negotiations;

public sealed class ReactionRulesTests
{
    private static readonly TermsFacts s_fine = new(OfferKnown: true, Within: true, Permitted: true);
    private static readonly RoundLimit s_limit = new(8);

    [Theory]
    [InlineData(Role.Provider, NegotiationState.Requested, Acceptance.Auto, Reaction.Agree)]
    [InlineData(Role.Provider, NegotiationState.Requested, Acceptance.Manual, Reaction.Wait)]
    [InlineData(Role.Provider, NegotiationState.Accepted, Acceptance.Manual, Reaction.Agree)]
    [InlineData(Role.Provider, NegotiationState.Accepted, Acceptance.Stepwise, Reaction.Wait)]
    [InlineData(Role.Provider, NegotiationState.Verified, Acceptance.Auto, Reaction.Finalize)]
    [InlineData(Role.Provider, NegotiationState.Verified, Acceptance.Stepwise, Reaction.Wait)]
    [InlineData(Role.Consumer, NegotiationState.Offered, Acceptance.Auto, Reaction.Accept)]
    [InlineData(Role.Consumer, NegotiationState.Offered, Acceptance.Manual, Reaction.Wait)]
    [InlineData(Role.Consumer, NegotiationState.Agreed, Acceptance.Manual, Reaction.Verify)]
    [InlineData(Role.Consumer, NegotiationState.Agreed, Acceptance.Stepwise, Reaction.Wait)]
    [InlineData(Role.Consumer, NegotiationState.Requested, Acceptance.Auto, Reaction.Wait)]
    [InlineData(Role.Provider, NegotiationState.Offered, Acceptance.Auto, Reaction.Wait)]
    public void Each_side_takes_only_the_step_that_is_its_own_and_that_it_may_take_unasked(Role role, NegotiationState state, Acceptance acceptance, Reaction expected) =>
        Assert.Equal(expected, ReactionRules.Next(At(role, state, acceptance), s_fine, s_limit));

    [Fact]
    public void A_provider_refuses_what_the_policy_denies_even_after_acceptance()
    {
        var denied = s_fine with { Permitted = false };

        Assert.Equal(Reaction.Refuse, ReactionRules.Next(At(Role.Provider, NegotiationState.Requested, Acceptance.Auto), denied, s_limit));
        Assert.Equal(Reaction.Refuse, ReactionRules.Next(At(Role.Provider, NegotiationState.Accepted, Acceptance.Manual), denied, s_limit));
    }

    [Theory]
    [InlineData(1, 1, Reaction.Refuse)]
    [InlineData(2, 1, Reaction.Counter)]
    [InlineData(3, 2, Reaction.Refuse)]
    [InlineData(8, 4, Reaction.Counter)]
    [InlineData(8, 5, Reaction.Refuse)]
    public void A_provider_counters_wider_terms_until_the_rounds_are_used_up_and_then_gives_up(int rounds, int requests, Reaction expected)
    {
        var wider = s_fine with { Within = false };
        var asked = At(Role.Provider, NegotiationState.Requested, Acceptance.Auto) with { Seen = [.. Enumerable.Range(0, requests).Select(i => $"{i}")] };

        Assert.Equal(expected, ReactionRules.Next(asked, wider, new RoundLimit(rounds)));
    }

    [Fact]
    public void Terms_within_the_offer_are_agreed_to_even_in_the_last_round()
    {
        var asked = At(Role.Provider, NegotiationState.Requested, Acceptance.Auto) with { Seen = ["1", "2", "3"] };

        Assert.Equal(Reaction.Agree, ReactionRules.Next(asked, s_fine, new RoundLimit(1)));
    }

    private static Negotiation At(Role role, NegotiationState state, Acceptance acceptance) => new()
    {
        Id = "urn:own",
        Role = role,
        Peer = "did:web:peer.example",
        Binding = Binding.Grpc,
        State = state,
        Version = 1,
        Terms = new Terms("o", "d", "{}"),
        Acceptance = acceptance,
        CreatedAt = default,
        UpdatedAt = default,
    };
}

namespace Connector.ControlPlane.Negotiations;

/// <summary>What this side does next when it is its turn.</summary>
public enum Reaction
{
    /// <summary>Nothing: it is the other side's turn, or the operator's.</summary>
    Wait,
    Agree,
    Counter,
    Accept,
    Verify,
    Finalize,
    Refuse,
}

/// <summary>What a provider must know before it decides on terms.</summary>
/// <param name="OfferKnown">The offer exists and this peer may see it.</param>
/// <param name="Within">The terms asked for give no more than the offer does.</param>
/// <param name="Permitted">The policy permits this peer the contract.</param>
public readonly record struct TermsFacts(bool OfferKnown, bool Within, bool Permitted);

/// <summary>The connector's own part in a negotiation, as a pure function of whose turn it is and who decides.</summary>
public static class ReactionRules
{
    /// <param name="facts">Needed by a provider in REQUESTED and ACCEPTED; otherwise ignored.</param>
    /// <param name="limit">Bounds a provider's own counter-offers.</param>
    public static Reaction Next(Negotiation negotiation, TermsFacts facts, RoundLimit limit) => (negotiation.Role, negotiation.State, negotiation.Acceptance) switch
    {
        (Role.Provider, NegotiationState.Requested, Acceptance.Auto) => OnRequest(negotiation, facts, limit),
        (Role.Provider, NegotiationState.Accepted, not Acceptance.Stepwise) => facts.Permitted ? Reaction.Agree : Reaction.Refuse,
        (Role.Provider, NegotiationState.Verified, not Acceptance.Stepwise) => Reaction.Finalize,
        (Role.Consumer, NegotiationState.Offered, Acceptance.Auto) => Reaction.Accept,
        (Role.Consumer, NegotiationState.Agreed, not Acceptance.Stepwise) => Reaction.Verify,
        _ => Reaction.Wait,
    };

    /// <summary>The step that an operator's "approve" means in this state; <see cref="Reaction.Wait"/> when it is not this side's turn.</summary>
    public static Reaction Approve(Role role, NegotiationState state) => (role, state) switch
    {
        (Role.Provider, NegotiationState.Requested or NegotiationState.Accepted) => Reaction.Agree,
        (Role.Provider, NegotiationState.Verified) => Reaction.Finalize,
        (Role.Consumer, NegotiationState.Offered) => Reaction.Accept,
        (Role.Consumer, NegotiationState.Agreed) => Reaction.Verify,
        _ => Reaction.Wait,
    };

    private static Reaction OnRequest(Negotiation negotiation, TermsFacts facts, RoundLimit limit) => facts switch
    {
        { OfferKnown: false } or { Permitted: false } => Reaction.Refuse,
        { Within: true } => Reaction.Agree,
        // Each request seen was a round, and so was each counter-offer to one; the counter-offer to this one is the next.
        _ => 2 * negotiation.Seen.Length <= limit.Rounds ? Reaction.Counter : Reaction.Refuse,
    };
}

using Connector.ControlPlane.Effects;

namespace Connector.ControlPlane.Negotiations;

/// <summary>
/// The contract negotiation protocol as pure functions (DSP 2025-1, contract negotiation protocol, state machine). One table serves
/// both sides: whoever sends a message moves to the next state when it decides to, whoever receives it when it accepts it.
/// </summary>
public static class NegotiationRules
{
    /// <summary>Messages one negotiation may take before it is refused: no honest exchange of offers is longer.</summary>
    public const int MaxMessages = 64;

    /// <summary>The state after a message, or null when the message is not allowed. <paramref name="from"/> is null before the first message.</summary>
    public static NegotiationState? Next(NegotiationState? from, NegotiationMessageKind kind) => (from, kind) switch
    {
        (null, NegotiationMessageKind.Request) => NegotiationState.Requested,
        (null, NegotiationMessageKind.Offer) => NegotiationState.Offered,
        (NegotiationState.Requested, NegotiationMessageKind.Offer) => NegotiationState.Offered,
        (NegotiationState.Requested, NegotiationMessageKind.Agreement) => NegotiationState.Agreed,
        (NegotiationState.Offered, NegotiationMessageKind.Request) => NegotiationState.Requested,
        (NegotiationState.Offered, NegotiationMessageKind.Accepted) => NegotiationState.Accepted,
        (NegotiationState.Accepted, NegotiationMessageKind.Agreement) => NegotiationState.Agreed,
        (NegotiationState.Agreed, NegotiationMessageKind.Verification) => NegotiationState.Verified,
        (NegotiationState.Verified, NegotiationMessageKind.Finalized) => NegotiationState.Finalized,
        (not null and not NegotiationState.Finalized and not NegotiationState.Terminated, NegotiationMessageKind.Termination) => NegotiationState.Terminated,
        _ => null,
    };

    /// <summary>Who sends this kind of message; null when both may.</summary>
    public static Role? SenderOf(NegotiationMessageKind kind) => kind switch
    {
        NegotiationMessageKind.Request or NegotiationMessageKind.Accepted or NegotiationMessageKind.Verification => Role.Consumer,
        NegotiationMessageKind.Offer or NegotiationMessageKind.Agreement or NegotiationMessageKind.Finalized => Role.Provider,
        _ => null,
    };

    /// <summary>
    /// Whether this side may send. For a termination this is narrower than what it must accept: it sends as the standard's diagram draws it
    /// and accepts, as the prose says, in every state but the last ones. A consumer that has verified is bound, so is a provider that has agreed.
    /// </summary>
    public static bool MaySend(Role role, NegotiationState? from, NegotiationMessageKind kind) =>
        Next(from, kind) is not null
        && (SenderOf(kind) ?? role) == role
        && (kind != NegotiationMessageKind.Termination || (role, from) is
            (_, NegotiationState.Requested or NegotiationState.Offered)
            or (Role.Provider, NegotiationState.Accepted or NegotiationState.Verified)
            or (Role.Consumer, NegotiationState.Agreed));

    /// <summary>This side sends a message: the next state, and the sending as an effect.</summary>
    public static Result<(Negotiation Next, SendNegotiation Effect)> Send(Negotiation negotiation, NegotiationMessage message, DateTimeOffset now) =>
        MaySend(negotiation.Role, negotiation.State, message.Kind)
            ? (Apply(negotiation, message, negotiation.Role, now), new SendNegotiation(message))
            : Invalid(negotiation, message.Kind);

    /// <summary>The other side's message arrived. One that was applied before changes nothing.</summary>
    public static Result<Negotiation> Receive(Negotiation negotiation, NegotiationMessage message, DateTimeOffset now)
    {
        if (negotiation.Seen.Contains(message.Id))
        {
            return negotiation;
        }

        if (SenderOf(message.Kind) is { } sender && sender == negotiation.Role)
        {
            return new Refusal(RefusalKind.InvalidTransition, "wrong-role",
                $"{Name(message.Kind)} is a message that the {Name(sender)} sends, and here we are the {Name(sender)}", null, "check which pid you address");
        }

        if (Next(negotiation.State, message.Kind) is null)
        {
            return Invalid(negotiation, message.Kind);
        }

        if (negotiation.Seen.Length >= MaxMessages)
        {
            return new Refusal(RefusalKind.Exhausted, "too-many-messages", $"this negotiation has taken {MaxMessages} messages", null, "terminate it and start a new one");
        }

        var sent = Apply(negotiation, message, Opposite(negotiation.Role), now);
        return sent with { Seen = negotiation.Seen.Add(message.Id) };
    }

    /// <summary>The peer finally refused (or could not take) one of our messages: there is no way on, so the negotiation ends here.</summary>
    /// <remarks>A finalized one stays: both signatures are there, and the peer learns of it when it asks.</remarks>
    public static Negotiation SendFailed(Negotiation negotiation, NegotiationMessageKind kind, Refusal refusal, DateTimeOffset now) => negotiation.IsTerminal
        ? negotiation with { LastError = $"{Name(kind)} was not taken: {refusal}", UpdatedAt = now }
        : negotiation with
        {
            State = NegotiationState.Terminated,
            Termination = new Termination(Opposite(negotiation.Role), refusal.Code, [refusal.Message]),
            LastError = $"{Name(kind)} was not taken: {refusal}",
            UpdatedAt = now,
        };

    /// <summary>The state's name in the standard's spelling.</summary>
    public static string Name(NegotiationState state) => state.ToString().ToUpperInvariant();

    public static string Name(Role role) => role == Role.Consumer ? "consumer" : "provider";

    public static Role Opposite(Role role) => role == Role.Consumer ? Role.Provider : Role.Consumer;

    private static Negotiation Apply(Negotiation negotiation, NegotiationMessage message, Role by, DateTimeOffset now)
    {
        var next = negotiation with
        {
            State = Next(negotiation.State, message.Kind)!.Value,
            UpdatedAt = now,
            LastError = null,
        };
        return message switch
        {
            ContractRequestMessage m => next with { Terms = Terms(negotiation, m.Offer) },
            ContractOfferMessage m => next with { Terms = Terms(negotiation, m.Offer) },
            ContractNegotiationTerminationMessage m => next with { Termination = new Termination(by, m.Code, m.Reasons) },
            _ => next,
        };
    }

    // A counter-offer changes the terms, never what they are about: a negotiation is on the dataset that it was opened on.
    private static Terms Terms(Negotiation negotiation, Terms offered) => offered with { DatasetId = negotiation.Terms.DatasetId };

    private static Refusal Invalid(Negotiation negotiation, NegotiationMessageKind kind) => new(
        RefusalKind.InvalidTransition,
        "invalid-transition",
        $"{Name(kind)} is not allowed while the negotiation is {Name(negotiation.State)}",
        null,
        negotiation.IsTerminal ? "it has ended; start a new negotiation" : "ask for the negotiation's state and go on from there");

    private static string Name(NegotiationMessageKind kind) => kind switch
    {
        NegotiationMessageKind.Request => "ContractRequestMessage",
        NegotiationMessageKind.Offer => "ContractOfferMessage",
        NegotiationMessageKind.Accepted => "the event ACCEPTED",
        NegotiationMessageKind.Agreement => "ContractAgreementMessage",
        NegotiationMessageKind.Verification => "ContractAgreementVerificationMessage",
        NegotiationMessageKind.Finalized => "the event FINALIZED",
        _ => "ContractNegotiationTerminationMessage",
    };
}

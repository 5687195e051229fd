using System.Collections.Immutable;

namespace Connector.ControlPlane.Negotiations;

/// <summary>A message of the contract negotiation protocol (DSP 2025-1), whatever binding carries it.</summary>
/// <param name="Id">Id of the logical message: new for each, the same on every retry. Receivers apply a message once.</param>
public abstract record NegotiationMessage(string Id)
{
    /// <summary>What the rules know it by.</summary>
    public abstract NegotiationMessageKind Kind { get; }
}

/// <summary>The kinds of negotiation message that the state table knows. The two event types are kinds of their own.</summary>
public enum NegotiationMessageKind
{
    Request,
    Offer,
    Accepted,
    Agreement,
    Verification,
    Finalized,
    Termination,
}

/// <summary>Consumer → provider: the first request (<see cref="CallbackAddress"/>, no <see cref="ProviderPid"/>) or a counter-request.</summary>
/// <param name="Purposes">What the consumer says it wants the data for; empty means the purposes named in the terms it sends.</param>
public sealed record ContractRequestMessage(string Id, string ConsumerPid, string? ProviderPid, Terms Offer, string? CallbackAddress, ImmutableArray<string> Purposes)
    : NegotiationMessage(Id)
{
    public override NegotiationMessageKind Kind => NegotiationMessageKind.Request;
}

/// <summary>Provider → consumer: an unasked offer (<see cref="CallbackAddress"/>, no <see cref="ConsumerPid"/>) or a counter-offer.</summary>
public sealed record ContractOfferMessage(string Id, string ProviderPid, string? ConsumerPid, Terms Offer, string? CallbackAddress)
    : NegotiationMessage(Id)
{
    public override NegotiationMessageKind Kind => NegotiationMessageKind.Offer;
}

/// <summary>Provider → consumer: the agreement, signed where the binding can carry a signature.</summary>
/// <param name="Agreement">The ODRL Agreement as JSON text.</param>
/// <param name="Signature">The provider's detached JWS over it; null over DSP, which has no place for one.</param>
public sealed record ContractAgreementMessage(string Id, string ProviderPid, string ConsumerPid, string Agreement, string? Signature)
    : NegotiationMessage(Id)
{
    public override NegotiationMessageKind Kind => NegotiationMessageKind.Agreement;
}

/// <summary>Consumer → provider: the agreement was checked and is accepted.</summary>
/// <param name="Signature">The consumer's detached JWS over the same agreement; null over DSP.</param>
public sealed record ContractAgreementVerificationMessage(string Id, string ProviderPid, string ConsumerPid, string? Signature)
    : NegotiationMessage(Id)
{
    public override NegotiationMessageKind Kind => NegotiationMessageKind.Verification;
}

/// <summary>ACCEPTED (consumer → provider) or FINALIZED (provider → consumer).</summary>
public sealed record ContractNegotiationEventMessage(string Id, string ProviderPid, string ConsumerPid, bool Finalized)
    : NegotiationMessage(Id)
{
    public override NegotiationMessageKind Kind => Finalized ? NegotiationMessageKind.Finalized : NegotiationMessageKind.Accepted;
}

/// <summary>Either side ends the negotiation.</summary>
/// <param name="Code">A reason code, or null.</param>
/// <param name="Reasons">Reasons in words; may be empty.</param>
public sealed record ContractNegotiationTerminationMessage(string Id, string ProviderPid, string ConsumerPid, string? Code, ImmutableArray<string> Reasons)
    : NegotiationMessage(Id)
{
    public override NegotiationMessageKind Kind => NegotiationMessageKind.Termination;
}

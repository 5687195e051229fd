using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Effects;

/// <summary>Work that a decision left to do, stored in the decision's own transaction and performed at once after it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Subject">The negotiation, transfer or agreement it belongs to. Effects of one subject are performed one after the other, in order.</param>
/// <param name="Peer">The participant it concerns.</param>
/// <param name="Body">What to do.</param>
/// <param name="CreatedAt">When it was decided; its order within the subject is the store's order of insertion.</param>
public sealed record Effect(string Id, string Subject, string Peer, EffectBody Body, DateTimeOffset CreatedAt);

/// <summary>What an effect does.</summary>
public abstract record EffectBody;

/// <summary>Send a negotiation message to the peer.</summary>
public sealed record SendNegotiation(NegotiationMessage Message) : EffectBody;

/// <summary>Send a transfer message to the peer.</summary>
public sealed record SendTransfer(TransferMessage Message) : EffectBody;

/// <summary>Tell the other party that an agreement has ended (native binding only; DSP has no such message).</summary>
public sealed record SendAgreementEnd(string MessageId, string AgreementId, AgreementEnd End) : EffectBody;

/// <summary>What is known of a participant has changed: ask its agreements anew.</summary>
public sealed record ReviewAgreements(string ParticipantId) : EffectBody;

/// <summary>Consumer: fetch the data of a started pull.</summary>
public sealed record Fetch(string TransferId) : EffectBody;

/// <summary>Provider: push the data of a started push.</summary>
public sealed record Push(string TransferId) : EffectBody;

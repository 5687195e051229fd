namespace Connector.ControlPlane.Negotiations;

/// <summary>The two pids a message names; which of them is ours depends on our role.</summary>
public readonly record struct Pids(string Provider, string Consumer)
{
    public string Own(Role? role) => role == Role.Consumer ? Consumer : Provider;

    public string Other(Role? role) => role == Role.Consumer ? Provider : Consumer;

    /// <summary>
    /// The pids of a message that belongs to an open negotiation (null for one that opens it), the sender's own pid, and the receiver's
    /// role (null when both sides may send this kind).
    /// </summary>
    public static (Pids? Pids, string SenderPid, Role? Receiver) Of(NegotiationMessage message) => message switch
    {
        ContractRequestMessage m => (m.ProviderPid is { } p ? new Pids(p, m.ConsumerPid) : null, m.ConsumerPid, Role.Provider),
        ContractOfferMessage m => (m.ConsumerPid is { } c ? new Pids(m.ProviderPid, c) : null, m.ProviderPid, Role.Consumer),
        ContractAgreementMessage m => (new Pids(m.ProviderPid, m.ConsumerPid), m.ProviderPid, Role.Consumer),
        ContractAgreementVerificationMessage m => (new Pids(m.ProviderPid, m.ConsumerPid), m.ConsumerPid, Role.Provider),
        ContractNegotiationEventMessage { Finalized: true } m => (new Pids(m.ProviderPid, m.ConsumerPid), m.ProviderPid, Role.Consumer),
        ContractNegotiationEventMessage m => (new Pids(m.ProviderPid, m.ConsumerPid), m.ConsumerPid, Role.Provider),
        ContractNegotiationTerminationMessage m => (new Pids(m.ProviderPid, m.ConsumerPid), "", null),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
    };
}

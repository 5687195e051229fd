namespace Connector.ControlPlane.Negotiations;

/// <summary>The states of a contract negotiation (DSP 2025-1, contract negotiation protocol, states). Only these are stored.</summary>
public enum NegotiationState
{
    Requested,
    Offered,
    Accepted,
    Agreed,
    Verified,
    Finalized,
    Terminated,
}

using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Negotiations;

/// <summary>A negotiation after a step, and all that the step writes beside it.</summary>
public sealed record NegotiationOutcome(Negotiation Negotiation, Change Change);

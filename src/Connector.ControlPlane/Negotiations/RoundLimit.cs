namespace Connector.ControlPlane.Negotiations;

/// <summary>How long a provider haggles unasked.</summary>
/// <param name="Rounds">Requests and counter-offers in one negotiation, together, at least 1; a request that would need one more is refused.</param>
public sealed record RoundLimit(int Rounds);

using Connector.Policies;

namespace Connector.ControlPlane.Explanations;

/// <summary>A verdict as it was decided: with what was known then.</summary>
/// <param name="Json">The verdict with its trace, as JSON text.</param>
public sealed record StoredVerdict(EnforcementPoint Point, DateTimeOffset At, string Json);

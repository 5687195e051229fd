namespace Connector.ControlPlane.Agreements;

/// <summary>This side's word that a duty of an agreement is fulfilled. Written once, and never taken back.</summary>
/// <param name="Duty">The duty's place in the agreement's rules, such as <c>permit[0].then[1]</c>.</param>
/// <param name="Action">Its action, such as <c>obtainConsent</c>.</param>
/// <param name="At">When it was done, as the operator says.</param>
/// <param name="Note">How that is known, in the operator's words.</param>
public sealed record DutyRecord(string Duty, string Action, DateTimeOffset At, DateTimeOffset RecordedAt, string? Note);

using Connector.ControlPlane.Stores;

namespace Connector.Simulation.Tests;

/// <summary>What goes wrong, and how often, out of 1000.</summary>
/// <param name="LoseRequest">A message never arrives.</param>
/// <param name="LoseAnswer">A message arrives, its acknowledgement does not.</param>
/// <param name="Duplicate">A message arrives twice.</param>
/// <param name="CrashBeforeCommit">The process dies with a decision made and not stored.</param>
/// <param name="CrashAfterCommit">The process dies with a decision stored and nothing else done.</param>
/// <param name="Overtaken">Another change comes first, and the decision must be made anew.</param>
/// <param name="Planted">What one decision in fifty is turned into before it is stored; null when nothing is planted there.</param>
/// <param name="ApplyTwice">Planted: message ids are made new on the way, so that a repeated message looks like another.</param>
internal sealed record Faults(int LoseRequest, int LoseAnswer, int Duplicate, int CrashBeforeCommit, int CrashAfterCommit, int Overtaken, Func<Change, Change>? Planted = null, bool ApplyTwice = false)
{
    public static Faults Rough { get; } = new(80, 80, 100, 30, 40, 30);

    public static Faults None { get; } = new(0, 0, 0, 0, 0, 0);
}

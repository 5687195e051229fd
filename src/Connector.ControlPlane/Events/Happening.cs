namespace Connector.ControlPlane.Events;

/// <summary>Something that happened, for those who watch: the operator's console, <c>--wait</c>, scripts. Not stored.</summary>
/// <param name="Kind"><c>negotiation</c>, <c>agreement</c>, <c>transfer</c>, <c>document</c> or <c>progress</c>.</param>
/// <param name="Subject">The id of the process.</param>
/// <param name="State">Its state, in the standard's spelling (REQUESTED …).</param>
/// <param name="Detail">A sentence, or null.</param>
public sealed record Happening(string Kind, string Subject, string Peer, Role Role, string State, string? Detail, DateTimeOffset At)
{
    /// <summary>For an agreement in force: when time can next change what its terms permit; null when it cannot.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether an entry of evidence was written for it. An agreement also changes when a use is counted, or its next look is scheduled.</summary>
    public bool Proven { get; init; }

    /// <summary>Bytes moved and in all, for <c>progress</c>.</summary>
    public Exchanges.ExchangeProgress? Progress { get; init; }
}

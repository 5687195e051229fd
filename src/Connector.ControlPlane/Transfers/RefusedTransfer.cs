using Connector.ControlPlane.Explanations;

namespace Connector.ControlPlane.Transfers;

/// <summary>A transfer that a consumer asked for under its agreement and did not get. It never began, so that it is no transfer; it is kept to be explained.</summary>
/// <param name="Id">Our own name for it.</param>
/// <param name="ConsumerPid">By which the consumer knows it.</param>
/// <param name="Code">Reason code that the consumer was told.</param>
/// <param name="Reason">What the consumer was told.</param>
/// <param name="Verdict">For our own eyes.</param>
public sealed record RefusedTransfer(string Id, string Peer, string ConsumerPid, string AgreementId, string Format, string Code, string Reason, StoredVerdict Verdict)
{
    /// <summary>So many are kept of each agreement, the newest: whoever is refused a million times fills nothing.</summary>
    public const int Kept = 16;
}

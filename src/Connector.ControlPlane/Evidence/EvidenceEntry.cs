namespace Connector.ControlPlane.Evidence;

/// <summary>What is to be proven later; the store gives it its place in the chain inside the same transaction.</summary>
/// <param name="Subject">The agreement or transfer it is about.</param>
/// <param name="Payload">JSON text: the signed document itself, or what happened.</param>
public sealed record EvidenceDraft(EvidenceKind Kind, string Subject, string Peer, string Payload, DateTimeOffset At);

/// <summary>What an entry proves.</summary>
public enum EvidenceKind
{
    /// <summary>Both sides signed.</summary>
    Agreement,

    /// <summary>A transfer started.</summary>
    Start,

    /// <summary>The receiver signed for the data.</summary>
    Receipt,

    /// <summary>A transfer or an agreement ended before its time, or expired.</summary>
    Termination,

    /// <summary>This side recorded that a duty of an agreement is fulfilled.</summary>
    Fulfilment,
}

/// <summary>One entry of the append-only log.</summary>
/// <param name="Sequence">1 for the first, then without gaps.</param>
/// <param name="PreviousHash">Hash of the entry before; 32 zero bytes for the first.</param>
/// <param name="Hash">SHA-256 over the entry's content and <paramref name="PreviousHash"/>: see <see cref="EvidenceChain"/>.</param>
/// <param name="Signature">This participant's ES256 signature over <paramref name="Hash"/>.</param>
public sealed record EvidenceEntry(long Sequence, EvidenceDraft Draft, byte[] PreviousHash, byte[] Hash, byte[] Signature);

/// <summary>The signed end of the log, so that a cut-off tail is seen too.</summary>
/// <param name="Sequence">Sequence of the last entry, 0 when the log is empty.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Signature">ES256 over <see cref="EvidenceChain.HeadHash"/>.</param>
public sealed record EvidenceHead(long Sequence, byte[] Hash, byte[] Signature);

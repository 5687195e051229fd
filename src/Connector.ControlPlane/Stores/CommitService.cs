using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Stores;

/// <summary>Commits a change; then, and only then, hands its effects to be performed at once and tells those who watch.</summary>
public sealed class CommitService(IStore store, IEffectQueue queue, Happenings happenings, TimeProvider time)
{
    /// <summary>Attempts at a decision that others keep overtaking, before the caller is told to come again.</summary>
    public const int Attempts = 16;

    /// <summary>What a caller gets whose decision was overtaken every time.</summary>
    public static Refusal Overtaken { get; } = new(RefusalKind.Unavailable, "overtaken", "this process is changing faster than the message could be applied", null, "send it again");

    /// <returns>False when another change came first; load again and decide anew.</returns>
    public async ValueTask<bool> TryAsync(Change change, CancellationToken cancel)
    {
        if (!await store.CommitAsync(change, cancel))
        {
            return false;
        }

        foreach (var effect in change.Effects)
        {
            queue.Enqueue(effect);
        }

        if (happenings.Watched)
        {
            Tell(change);
        }

        return true;
    }

    private void Tell(Change change)
    {
        foreach (var n in change.Negotiations)
        {
            happenings.Publish(new Happening("negotiation", n.Id, n.Peer, n.Role, NegotiationRules.Name(n.State), n.LastError ?? Reason(n.Termination), n.UpdatedAt));
        }

        foreach (var a in change.Agreements)
        {
            var entry = change.Evidence.FirstOrDefault(e => e.Subject == a.Id);
            var detail = a.End?.Reason ?? (entry?.Kind == EvidenceKind.Fulfilment ? $"{a.Duties[^1].Action} is fulfilled" : null);
            happenings.Publish(new Happening("agreement", a.Id, a.Peer, a.Role, a.End is null ? "IN_FORCE" : "ENDED", detail, a.End?.At ?? a.SignedAt) { Due = a.End is null ? a.ChangesAt : null, Proven = entry is not null });
        }

        foreach (var t in change.Transfers)
        {
            happenings.Publish(new Happening("transfer", t.Id, t.Peer, t.Role, TransferRules.Name(t.State), t.LastError ?? Reason(t.Termination), t.UpdatedAt));
        }

        foreach (var d in change.Documents)
        {
            happenings.Publish(new Happening("document", $"{d.Kind}/{d.Name}", "", Role.Provider, "APPLIED", null, d.AppliedAt));
        }

        foreach (var d in change.DeletedDocuments)
        {
            happenings.Publish(new Happening("document", $"{d.Kind}/{d.Name}", "", Role.Provider, "DELETED", null, time.GetUtcNow()));
        }
    }

    private static string? Reason(Termination? termination) => termination is null ? null : string.Join("; ", termination.Reasons.Prepend(termination.Code).OfType<string>());
}

using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;

namespace Connector.Simulation.Tests;

/// <summary>What must hold once everything has come to rest, whatever happened on the way.</summary>
internal static class Judge
{
    public static ImmutableArray<string> Check(Node provider, Node consumer) =>
    [
        .. Negotiations(provider, consumer),
        .. Negotiations(consumer, provider),
        .. Agreements(provider, consumer),
        .. Agreements(consumer, provider),
        .. Transfers(provider, consumer),
        .. Transfers(consumer, provider),
        .. Alone(provider),
        .. Alone(consumer),
    ];

    private static IEnumerable<string> Negotiations(Node here, Node there)
    {
        var theirs = there.Negotiations();
        foreach (var ours in here.Negotiations())
        {
            if (!ours.IsTerminal)
            {
                yield return $"{here.Self.Id}: negotiation {ours.Id} is stuck {ours.State}, last error {ours.LastError}";
            }

            var matching = theirs.Where(n => n.PeerPid == ours.Id || n.Id == ours.PeerPid).ToList();
            if (matching.Count > 1)
            {
                yield return $"{here.Self.Id}: negotiation {ours.Id} exists {matching.Count} times at the other side";
            }

            if (matching is [var other] && other.State != ours.State)
            {
                yield return $"{here.Self.Id}: negotiation {ours.Id} is {ours.State} here and {other.State} there";
            }

            if (ours.State == NegotiationState.Finalized && !here.Agreements().Any(a => a.NegotiationId == ours.Id))
            {
                yield return $"{here.Self.Id}: negotiation {ours.Id} is finalized without an agreement";
            }

            if (ours.State == NegotiationState.Finalized && matching.Count == 0)
            {
                yield return $"{here.Self.Id}: negotiation {ours.Id} is finalized here and unknown there";
            }
        }
    }

    private static IEnumerable<string> Agreements(Node here, Node there)
    {
        var theirs = there.Agreements().ToDictionary(a => a.Id);
        foreach (var ours in here.Agreements())
        {
            if (!theirs.TryGetValue(ours.Id, out var other))
            {
                yield return $"{here.Self.Id}: agreement {ours.Id} is unknown at the other side";
            }
            else if (ours.Json != other.Json || ours.ProviderSignature != other.ProviderSignature || ours.ConsumerSignature != other.ConsumerSignature)
            {
                yield return $"{here.Self.Id}: the two sides of agreement {ours.Id} differ";
            }
            else if (ours.Uses != Started(here, ours.Id))
            {
                yield return $"{here.Self.Id}: agreement {ours.Id} counts {ours.Uses} uses, and {Started(here, ours.Id)} transfers have started";
            }
            else if (ours.End is null != other.End is null)
            {
                yield return $"{here.Self.Id}: agreement {ours.Id} has ended on one side only";
            }
        }
    }

    private static int Started(Node node, string agreementId)
    {
        var begun = node.Evidence().Where(e => e.Draft.Kind == EvidenceKind.Start).Select(e => e.Draft.Subject).ToHashSet(StringComparer.Ordinal);
        return node.Transfers().Count(t => t.AgreementId == agreementId && begun.Contains(t.Id));
    }

    private static IEnumerable<string> Transfers(Node here, Node there)
    {
        var theirs = there.Transfers();
        foreach (var ours in here.Transfers())
        {
            if (!ours.IsTerminal)
            {
                yield return $"{here.Self.Id}: transfer {ours.Id} is stuck {ours.State}, last error {ours.LastError}";
            }

            if (theirs.Count(t => t.PeerPid == ours.Id || t.Id == ours.PeerPid) > 1)
            {
                yield return $"{here.Self.Id}: transfer {ours.Id} exists several times at the other side";
            }
        }
    }

    private static IEnumerable<string> Alone(Node node)
    {
        foreach (var left in Life.Now(node.Store.PendingAsync(0, 100, default)))
        {
            yield return $"{node.Self.Id}: effect {left.Effect.Body} is left undone";
        }

        var report = Life.Now(new EvidenceService(node.Store, node.Store, node.Signatures).VerifyAsync(default));
        foreach (var fault in report.Faults)
        {
            yield return $"{node.Self.Id}: evidence {fault}";
        }

        var transfers = node.Transfers();
        foreach (var open in transfers.Where(t => t.IsTerminal && (t.TokenHash is not null || t is { Role: Role.Consumer, IsPush: false, DataAddress: not null })))
        {
            yield return $"{node.Self.Id}: transfer {open.Id} has ended and its token has not";
        }

        foreach (var early in Early(node))
        {
            yield return early;
        }

        // Every offer has a condition; terms without one are wider, and only a person agrees to them.
        foreach (var wide in node.Agreements().Where(a => a.Role == Role.Provider && !a.Policy.Contains("constraint", StringComparison.Ordinal) && !node.Approved.Contains(a.NegotiationId)))
        {
            yield return $"{node.Self.Id}: agreement {wide.Id} is wider than the offer, and nobody approved of it";
        }

        foreach (var wrong in Proven(node, EvidenceKind.Agreement, "an agreement", node.Agreements().Select(a => a.Id))
            .Concat(Proven(node, EvidenceKind.Fulfilment, "a fulfilled duty", node.Agreements().Where(a => !a.Duties.IsEmpty).Select(a => a.Id)))
            .Concat(Proven(node, EvidenceKind.Receipt, "a receipt", transfers.Where(t => t.Receipt is not null).Select(t => t.Id)))
            .Concat(Proven(node, EvidenceKind.Termination, "an end", node.Agreements().Where(a => a.End is not null).Select(a => a.Id).Concat(transfers.Where(t => t.Termination is not null).Select(t => t.Id)))))
        {
            yield return wrong;
        }
    }

    // The log tells in which order things happened: nothing starts under an agreement before what comes first was recorded.
    private static IEnumerable<string> Early(Node node)
    {
        var evidence = node.Evidence();
        var waiting = node.Agreements().Where(a => a.Role == Role.Provider && a.Policy.Contains(World.Consent, StringComparison.Ordinal)).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var recorded = evidence.Where(e => e.Draft.Kind == EvidenceKind.Fulfilment).GroupBy(e => e.Draft.Subject, e => e.Sequence, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(), StringComparer.Ordinal);
        return from start in evidence
               where start.Draft.Kind == EvidenceKind.Start
               from transfer in node.Transfers()
               where transfer.Id == start.Draft.Subject && waiting.Contains(transfer.AgreementId) && !(recorded.GetValueOrDefault(transfer.AgreementId, long.MaxValue) < start.Sequence)
               select $"{node.Self.Id}: transfer {transfer.Id} started before what comes first was recorded";
    }

    private static IEnumerable<string> Proven(Node node, EvidenceKind kind, string what, IEnumerable<string> subjects)
    {
        var entries = node.Evidence().Where(e => e.Draft.Kind == kind).CountBy(e => e.Draft.Subject).ToDictionary();
        return subjects.Except(entries.Where(e => e.Value == 1).Select(e => e.Key)).Select(s => $"{node.Self.Id}: {what} of {s} has {entries.GetValueOrDefault(s)} entries of evidence, not one")
            .Concat(entries.Keys.Except(subjects).Select(s => $"{node.Self.Id}: {s} has evidence of {what} that it does not know of"));
    }
}

using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.Simulation.Tests;

/// <summary>Faults planted into what a decision writes, as faulty rules, services or a store would make them. The judge must find each.</summary>
internal static class Planted
{
    public static readonly ImmutableDictionary<string, Func<Change, Change>> All = new Dictionary<string, Func<Change, Change>>
    {
        ["effects are forgotten"] = c => c with { Effects = [] },
        ["what is done is not noted"] = c => c with { Done = [] },
        ["an agreement is not stored"] = c => c with { Agreements = [] },
        ["an agreement's terms are changed"] = Agreements(a => a with { Json = a.Json + " " }),
        ["the provider's signature is lost"] = Agreements(a => a with { ProviderSignature = null }),
        ["the consumer's signature is lost"] = Agreements(a => a with { ConsumerSignature = null }),
        ["an agreement's end is forgotten"] = Agreements(a => a with { End = null }),
        ["a use is not counted"] = Agreements(a => a with { Uses = Math.Max(0, a.Uses - 1) }),
        ["a use is counted twice"] = Agreements(a => a with { Uses = a.Uses > 0 ? a.Uses + 1 : 0 }),
        ["a fulfilled duty is forgotten"] = Agreements(a => a with { Duties = [] }),
        ["a duty is taken for fulfilled that nobody recorded"] = Agreements(a => a with { Duties = a.Duties.IsEmpty ? [new DutyRecord("permit[0].then[0]", "obtainConsent", a.SignedAt, a.SignedAt, null)] : a.Duties }),
        ["evidence of a fulfilled duty alone is not written"] = c => c with { Evidence = [.. c.Evidence.Where(e => e.Kind != EvidenceKind.Fulfilment)] },
        ["evidence is not written"] = c => c with { Evidence = [] },
        ["evidence is written twice"] = c => c with { Evidence = [.. c.Evidence, .. c.Evidence] },
        ["evidence of an end alone is not written"] = c => c with { Evidence = [.. c.Evidence.Where(e => e.Kind != EvidenceKind.Termination)] },
        ["evidence of a start alone is not written"] = c => c with { Evidence = [.. c.Evidence.Where(e => e.Kind != EvidenceKind.Start)] },
        ["evidence of a receipt alone is not written"] = c => c with { Evidence = [.. c.Evidence.Where(e => e.Kind != EvidenceKind.Receipt)] },
        ["a finalized negotiation is noted as terminated"] = Negotiations(n => n with { State = n.State == NegotiationState.Finalized ? NegotiationState.Terminated : n.State }),
        ["a terminated negotiation is noted as requested"] = Negotiations(n => n with { State = n.State == NegotiationState.Terminated ? NegotiationState.Requested : n.State }),
        ["the peer's id of a negotiation is mistaken"] = Negotiations(n => n with { PeerPid = n.PeerPid is null ? null : "urn:uuid:mistaken" }),
        ["a finished transfer is noted as started"] = Transfers(t => t with { State = t.IsTerminal ? TransferState.Started : t.State }),
        ["a token outlives its transfer"] = Transfers(t => t with { TokenHash = t.IsTerminal ? "still" : t.TokenHash }),
        ["wider terms are agreed to"] = Agreements(a => a with { Policy = World.Wanted }),
        ["a receipt is lost"] = Transfers(t => t with { Receipt = null }),
    }.ToImmutableDictionary();

    private static Func<Change, Change> Agreements(Func<Agreement, Agreement> spoil) => c => c with { Agreements = [.. c.Agreements.Select(spoil)] };

    private static Func<Change, Change> Negotiations(Func<Negotiation, Negotiation> spoil) => c => c with { Negotiations = [.. c.Negotiations.Select(spoil)] };

    private static Func<Change, Change> Transfers(Func<Transfer, Transfer> spoil) => c => c with { Transfers = [.. c.Transfers.Select(spoil)] };
}

using System.Collections.Immutable;
using System.Globalization;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.Testing.Stores;

namespace Connector.Storage.Benchmarks;

/// <summary>An endless stream of changes such as a running connector commits; no two streams touch the same record.</summary>
internal sealed record Workload(string Name, Func<IEnumerable<Change>> Changes)
{
    internal const string Contract = """
        {"@type":"Agreement","@id":"urn:uuid:0190f0a2-7c1e-7000-8000-000000000001","assigner":"did:web:cathode.example","assignee":"did:web:cells.example","target":"urn:uuid:0190f0a2-7c1e-7000-8000-000000000002","timestamp":"2026-11-24T09:00:00Z","permission":[{"action":"use","constraint":[{"leftOperand":"purpose","operator":"isAnyOf","rightOperand":["pcf-calculation","regulatory-reporting"]},{"leftOperand":"dateTime","operator":"lt","rightOperand":"2029-04-01T00:00:00+09:00"}]}]}
        """;

    private static long s_next;

    public static ImmutableArray<Workload> All { get; } =
    [
        new("commits of negotiations, none signed", () => Negotiations().SelectMany(steps => steps.Where(change => change.Evidence.IsEmpty))),
        new("commits of negotiations, one in five signed", () => Negotiations().SelectMany(steps => steps)),
    ];

    private static IEnumerable<IEnumerable<Change>> Negotiations()
    {
        while (true)
        {
            yield return Steps(Interlocked.Increment(ref s_next).ToString("x8", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A provider's side of a negotiation up to FINALIZED.</summary>
    private static IEnumerable<Change> Steps(string id)
    {
        var negotiation = Records.Negotiation(id, $"peer-{id}") with { Terms = new Terms("urn:offer:1", "urn:dataset:1", Contract) };
        yield return new Change { Negotiations = [negotiation] };
        negotiation = negotiation.Next() with { State = NegotiationState.Agreed, Agreement = new SignedAgreement(id, Contract, "signature", null) };
        var agree = new ContractAgreementMessage($"{id}/2", id, $"peer-{id}", Contract, "signature");
        yield return new Change { Negotiations = [negotiation], Effects = [new Effect($"{id}/2", id, Records.Peer, new SendNegotiation(agree), Records.Time)] };
        negotiation = negotiation.Next() with { State = NegotiationState.Verified, Seen = [$"{id}/2"] };
        yield return new Change { Negotiations = [negotiation], Done = [$"{id}/2"] };
        negotiation = negotiation.Next() with { State = NegotiationState.Finalized };
        var finalized = new ContractNegotiationEventMessage($"{id}/3", id, $"peer-{id}", Finalized: true);
        var effect = new Effect($"{id}/3", id, Records.Peer, new SendNegotiation(finalized), Records.Time);
        yield return new Change
        {
            Negotiations = [negotiation],
            Agreements = [Records.Agreement(id) with { Json = Contract, Policy = Contract }],
            Effects = [effect],
            Evidence = [new EvidenceDraft(EvidenceKind.Agreement, id, Records.Peer, Contract, Records.Time)],
        };
        yield return new Change { Done = [effect.Id] };
    }
}

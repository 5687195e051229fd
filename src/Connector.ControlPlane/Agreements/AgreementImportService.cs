using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>Takes over agreements that another connector of this participant concluded: a company that changes its connector keeps its contracts.</summary>
public sealed class AgreementImportService(IAgreementStore agreements, CommitService commits, IPeerDirectory peers, IPeerBindings bindings, PolicyBook policies, Participant self, IIds ids, TimeProvider time)
{
    private const int MostFaults = 5;

    /// <summary>Imports one agreement. The same text imported again changes nothing; another text under the same id is refused.</summary>
    /// <param name="json">The ODRL Agreement.</param>
    /// <param name="offerId">The offer it was made on; null for none.</param>
    /// <param name="binding">How its peer is talked to; null for the one its document has an address for.</param>
    public async ValueTask<Result<Agreement>> ImportAsync(string json, string? offerId, Binding? binding, CancellationToken cancel)
    {
        if (!OdrlAgreement.TryRead(json, out var read, out var wrong))
        {
            return Faulty([wrong], "give an ODRL Agreement with @id, target, assigner, assignee, timestamp and rules");
        }

        if (Parties(read) is not { } parties)
        {
            return Refusal.Malformed("json.assigner", $"'{read.Assigner}' and assignee '{read.Assignee}': exactly one of them must be this participant", $"one of them is '{self.Id}'");
        }

        if (peers.ById(parties.Peer) is not { } peer)
        {
            return new Refusal(RefusalKind.NotFound, "peer-unknown", $"no Peer document names '{parties.Peer}'", "json", "apply its Peer document first");
        }

        if (!policies.TryGet(read.Rules, out _, out _))
        {
            return Faulty(policies.FaultsOf(json), "only agreements whose terms can be enforced are taken over");
        }

        if (await agreements.FindAsync(read.Id, cancel) is { } known)
        {
            return known.Json == json ? known : new Refusal(RefusalKind.InvalidTransition, "agreement-exists", $"there is another agreement with the id '{read.Id}'", "json.@id", "import each agreement once");
        }

        if (!(await bindings.ChooseAsync(peer, binding, cancel)).Try(out var chosen, out var unreached))
        {
            return unreached;
        }

        var agreement = new Agreement
        {
            Id = read.Id,
            Role = parties.Role,
            Peer = parties.Peer,
            Binding = chosen,
            NegotiationId = ids.NewId(),
            OfferId = offerId ?? "",
            DatasetId = read.Target,
            Json = json,
            Policy = read.Rules,
            SignedAt = read.Timestamp,
            Claims = peer.Claims,
            ChangesAt = policies.ChangesAt(read.Rules, read.Timestamp),
            Version = 1,
        };
        var change = new Change { Agreements = [agreement], Evidence = [EvidencePayloads.Concluded(agreement, time.GetUtcNow())] };
        return await commits.TryAsync(change, cancel) ? agreement : CommitService.Overtaken;
    }

    private static Refusal Faulty(IEnumerable<Fault> faults, string mend) => Refusal.Malformed("json", string.Join(" | ", faults.Take(MostFaults).Select(f => f with { File = "json" })), mend);

    private (Role Role, string Peer)? Parties(OdrlAgreement agreement) => (agreement.Assigner == self.Id, agreement.Assignee == self.Id) switch
    {
        (true, false) => (Role.Provider, agreement.Assignee),
        (false, true) => (Role.Consumer, agreement.Assigner),
        _ => null,
    };
}

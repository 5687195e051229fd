using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>Whether the data of an agreement may flow: it is in force, the caller is its party, and the policy permits it now.</summary>
public sealed class AgreementGate(IAgreementStore agreements, PolicyBook policies, IPeerDirectory peers, TimeProvider time)
{
    /// <summary>Provider: the agreement under which this peer asks for data.</summary>
    public async ValueTask<Result<Agreement>> ForPeerAsync(Peer caller, string agreementId, CancellationToken cancel)
    {
        if (await agreements.FindAsync(agreementId, cancel) is not { Role: Role.Provider } agreement || agreement.Peer != caller.ParticipantId)
        {
            return Refusal.NotFound("agreement", agreementId);
        }

        return Check(agreement, caller, out _) is { } refusal ? refusal : agreement;
    }

    /// <summary>Whether a transfer of ours may run on, by its agreement; null when it may.</summary>
    public async ValueTask<Refusal?> CheckAsync(Transfer transfer, CancellationToken cancel) => await agreements.FindAsync(transfer.AgreementId, cancel) is { } agreement
        ? Check(agreement, Known(agreement), out _)
        : Refusal.NotFound("agreement", transfer.AgreementId);

    /// <summary>Null when data may flow under the agreement now; else why not.</summary>
    /// <param name="changesAt">The next instant at which time alone can change this verdict; null when it cannot.</param>
    public Refusal? Check(Agreement agreement, Peer party, out DateTimeOffset? changesAt)
    {
        changesAt = null;
        if (AgreementRules.Check(agreement) is { } ended)
        {
            return ended;
        }

        // The conditions speak of the consumer, and only the provider holds its verified claims: as consumer we rely on being told of the end.
        if (agreement.Role == Role.Consumer)
        {
            return null;
        }

        if (!policies.TryGet(agreement.Policy, out var policy, out var fault))
        {
            return new Refusal(RefusalKind.Internal, "agreement-unreadable", $"the agreement's rules can no longer be read: {fault}");
        }

        var verdict = policy.Compiled.Evaluate(EnforcementPoint.Transfer, policies.Facts(party, agreement.Purposes, agreement.SignedAt));
        changesAt = verdict.ChangesAt;
        return PolicyBook.Denied(verdict);
    }

    /// <summary>The other party of a transfer, as far as it is known without asking it; without claims where the agreement is gone.</summary>
    public async ValueTask<Peer> PartyAsync(Transfer transfer, CancellationToken cancel) => await agreements.FindAsync(transfer.AgreementId, cancel) is { } agreement
        ? Known(agreement)
        : new Peer(transfer.Peer, ImmutableDictionary<string, Claim>.Empty, "the transfer", time.GetUtcNow());

    /// <summary>What is known of the other party without asking it: the operator's document, else what it proved when it signed.</summary>
    public Peer Known(Agreement agreement) => new(
        agreement.Peer,
        peers.ById(agreement.Peer) is { Claims.Count: > 0 } entry ? entry.Claims : agreement.Claims,
        "the agreement",
        time.GetUtcNow());
}

using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>Whether the data of an agreement may flow: it is in force, the caller is its party, and the policy permits it now.</summary>
public sealed class AgreementGate(IAgreementStore agreements, PolicyBook policies, Library library, IPeerDirectory peers, TimeProvider time)
{
    /// <summary>Provider: the agreement under which this peer asks for data.</summary>
    /// <param name="at">Whether it asks for a transfer to start, or for the data of one that runs.</param>
    public async ValueTask<Result<Agreement>> ForPeerAsync(Peer caller, string agreementId, EnforcementPoint at, string format, CancellationToken cancel)
    {
        if (await agreements.FindAsync(agreementId, cancel) is not { Role: Role.Provider } agreement || agreement.Peer != caller.ParticipantId)
        {
            return Refusal.NotFound("agreement", agreementId);
        }

        return Check(agreement, caller, at, format, out _) is { } refusal ? refusal : agreement;
    }

    /// <summary>The agreement of a transfer of ours, if the transfer may start or run on.</summary>
    public async ValueTask<Result<Agreement>> ForTransferAsync(Transfer transfer, EnforcementPoint at, CancellationToken cancel)
    {
        if (await agreements.FindAsync(transfer.AgreementId, cancel) is not { } agreement)
        {
            return Refusal.NotFound("agreement", transfer.AgreementId);
        }

        return Check(agreement, Known(agreement), at, transfer.Format, out _) is { } refusal ? refusal : agreement;
    }

    /// <summary>Null when data may flow under the agreement now; else why not.</summary>
    /// <param name="format">The transfer's distribution format; null where no transfer is meant.</param>
    /// <param name="changesAt">The next instant at which time alone can change this verdict; null when it cannot.</param>
    public Refusal? Check(Agreement agreement, Peer party, EnforcementPoint at, string? format, out DateTimeOffset? changesAt)
    {
        changesAt = null;
        if (AgreementRules.Check(agreement) is { } ended)
        {
            return ended;
        }

        if (!policies.TryGet(agreement.Policy, out var policy, out var fault))
        {
            return AgreementRules.Unreadable(fault);
        }

        var verdict = policy.Compiled.Evaluate(at, Facts(agreement, party, format));
        changesAt = verdict.ChangesAt;
        return PolicyBook.Denied(verdict);
    }

    /// <summary>
    /// What an agreement permits now at a point, by what is known of its consumer, with every condition of its terms; null when they can no longer be read.
    /// One that has ended permits nothing, whatever its terms say.
    /// </summary>
    public Verdict? Explain(Agreement agreement, EnforcementPoint at, string? format)
    {
        if (!policies.TryGet(agreement.Policy, out var policy, out _))
        {
            return null;
        }

        var verdict = policy.Compiled.Evaluate(at, Facts(agreement, Known(agreement), format));
        return AgreementRules.Check(agreement) is { } ended ? verdict with { Permitted = false, ReasonCode = ended.Code, Reason = ended.Message } : verdict;
    }

    /// <summary>Why the terms of an agreement permit nothing any more, whatever may come to be known of anybody; null while they may.</summary>
    public Refusal? Over(Agreement agreement)
    {
        var moment = policies.Moment(agreement.SignedAt);
        return policies.TryGet(agreement.Policy, out var policy, out _) && policy.Compiled.IsOver(EnforcementPoint.During, moment)
            ? PolicyBook.Denied(policy.Compiled.Evaluate(EnforcementPoint.During, moment))
            : null;
    }

    /// <summary>When time can next change what an agreement permits; null when it cannot.</summary>
    public DateTimeOffset? ChangesAt(Agreement agreement) => policies.ChangesAt(agreement.Policy, agreement.SignedAt);

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

    // The conditions speak of the consumer, and only the provider holds its verified claims: as consumer we go by the clock, which is everybody's.
    private Facts Facts(Agreement agreement, Peer party, string? format) => policies.Facts(party, agreement.Purposes, agreement.SignedAt) with
    {
        TimeAlone = agreement.Role == Role.Consumer,
        LastUsedAt = agreement.LastUsedAt ?? DateTimeOffset.MinValue,
        Fulfilled = DutyFacts.Fulfilled(agreement),
        Observed = UseFacts.Of(agreement.Uses, party, library.Current.DatasetById(agreement.DatasetId), format),
    };
}

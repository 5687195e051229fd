using System.Collections.Immutable;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>Whether the data of an agreement may flow: it is in force, the caller is its party, and the policy permits it now.</summary>
public sealed class AgreementGate(IAgreementStore agreements, PolicyBook policies, Library library, IPeerDirectory peers, TimeProvider time)
{
    /// <summary>Provider: the agreement that this peer speaks of.</summary>
    public async ValueTask<Result<Agreement>> OfPeerAsync(Peer caller, string agreementId, CancellationToken cancel) =>
        await agreements.FindAsync(agreementId, cancel) is { Role: Role.Provider } agreement && agreement.Peer == caller.ParticipantId ? agreement : Refusal.NotFound("agreement", agreementId);

    /// <summary>Provider: the agreement under which this peer asks for the data of a transfer that runs.</summary>
    public async ValueTask<Result<Agreement>> ForPeerAsync(Peer caller, string agreementId, string format, CancellationToken cancel) =>
        !(await OfPeerAsync(caller, agreementId, cancel)).Try(out var agreement, out var unknown) ? unknown
            : Judge(agreement, caller, EnforcementPoint.During, format).Refusal is { } refusal ? refusal
            : agreement;

    /// <summary>Whether the data of a transfer of ours may flow now.</summary>
    public async ValueTask<Judged> JudgeAsync(Transfer transfer, EnforcementPoint at, CancellationToken cancel) => await agreements.FindAsync(transfer.AgreementId, cancel) is { } agreement
        ? Judge(agreement, at, transfer.Format)
        : new Judged(Refusal.NotFound("agreement", transfer.AgreementId), null, at, time.GetUtcNow());

    /// <summary>The agreement of a transfer of ours, if the transfer may start or run on.</summary>
    public async ValueTask<Result<Agreement>> ForTransferAsync(Transfer transfer, EnforcementPoint at, CancellationToken cancel)
    {
        if (await agreements.FindAsync(transfer.AgreementId, cancel) is not { } agreement)
        {
            return Refusal.NotFound("agreement", transfer.AgreementId);
        }

        return Judge(agreement, at, transfer.Format).Refusal is { } refusal ? refusal : agreement;
    }

    /// <summary>As <see cref="Judge(Agreement, Peer, EnforcementPoint, string?)"/>, by what is known of the other party without asking it.</summary>
    public Judged Judge(Agreement agreement, EnforcementPoint at, string? format) => Judge(agreement, Known(agreement), at, format);

    /// <summary>Whether data may flow under an agreement now. One that has ended permits nothing, whatever its terms say.</summary>
    /// <param name="format">The transfer's distribution format; null where no transfer is meant.</param>
    public Judged Judge(Agreement agreement, Peer party, EnforcementPoint at, string? format)
    {
        var facts = Facts(agreement, party, format);
        var ended = AgreementRules.Check(agreement);
        if (!policies.TryGet(agreement.Policy, out var policy, out var fault))
        {
            return new Judged(ended ?? AgreementRules.Unreadable(fault), null, at, facts.Now);
        }

        var verdict = policy.Compiled.Evaluate(at, facts);
        return ended is null
            ? new Judged(PolicyBook.Denied(verdict), verdict, at, facts.Now)
            : new Judged(ended, verdict with { Permitted = false, ReasonCode = ended.Code, Reason = ended.Message }, at, facts.Now);
    }

    /// <summary>For which duties of an agreement no data may flow now.</summary>
    /// <param name="policy">The agreement's.</param>
    /// <param name="duties">How it stands with them.</param>
    public ImmutableArray<DutyStanding> Withholding(Agreement agreement, KnownPolicy policy, ImmutableArray<DutyStanding> duties) =>
        policy.Compiled.Withholding(EnforcementPoint.Transfer, Facts(agreement, Known(agreement), null), duties);

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

/// <summary>What the gate says.</summary>
/// <param name="Refusal">Why data may not flow; null when it may.</param>
/// <param name="Verdict">With every condition of the terms, for our own eyes; null where they can no longer be read.</param>
public sealed record Judged(Refusal? Refusal, Verdict? Verdict, EnforcementPoint Point, DateTimeOffset At)
{
    /// <summary>The verdict as it is kept.</summary>
    public StoredVerdict? Stored => Verdict is null ? null : new StoredVerdict(Point, At, PolicyBook.Explain(Verdict));
}

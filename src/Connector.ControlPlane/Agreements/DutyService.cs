using System.Collections.Immutable;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Policies;
using Connector.Policies.Render;

namespace Connector.ControlPlane.Agreements;

/// <summary>The duties of agreements: how it stands with them, and the operator's word that one is fulfilled.</summary>
public sealed class DutyService(IAgreementStore agreements, CommitService commits, PolicyBook policies, AgreementGate gate, TimeProvider time)
{
    /// <summary>Records a duty as fulfilled, with an entry of evidence. Recorded again it changes nothing.</summary>
    /// <param name="duty">Its place; or its action, where no other duty of the agreement has the same.</param>
    /// <param name="at">When it was done; null for now.</param>
    /// <param name="note">How that is known, for whoever reads the evidence.</param>
    public async ValueTask<Result<Agreement>> FulfilAsync(string id, string duty, DateTimeOffset? at, string? note, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await agreements.FindAsync(id, cancel) is not { } current)
            {
                return Refusal.NotFound("agreement", id);
            }

            if (!policies.TryGet(current.Policy, out var policy, out var fault))
            {
                return AgreementRules.Unreadable(fault);
            }

            var now = time.GetUtcNow();
            if (!DutyRules.Record(current, Standing(current, policy, now), duty, at ?? now, note, now).Try(out var record, out var refusal))
            {
                return refusal;
            }

            if (current.Duties.Contains(record))
            {
                return current;
            }

            var next = current with { Duties = current.Duties.Add(record), Version = current.Version + 1 };
            if (await commits.TryAsync(new Change { Agreements = [next], Evidence = [EvidencePayloads.Fulfilled(next, record)] }, cancel))
            {
                return next;
            }
        }

        return CommitService.Overtaken;
    }

    /// <summary>How it stands now with each duty of an agreement, its consequences after it; none where its rules can no longer be read.</summary>
    public ImmutableArray<AgreementDuty> Of(Agreement agreement)
    {
        if (!policies.TryGet(agreement.Policy, out var policy, out _))
        {
            return [];
        }

        var duties = Standing(agreement, policy, time.GetUtcNow());
        var withholding = gate.Withholding(agreement, policy, duties);
        return [.. duties.Select(d => new AgreementDuty(d, withholding.Contains(d), DutyText.Of(d.Duty, policy.Vocabulary), agreement.Duties.FirstOrDefault(r => r.Duty == d.Place)))];
    }

    private static ImmutableArray<DutyStanding> Standing(Agreement agreement, KnownPolicy policy, DateTimeOffset now) =>
        DutyStanding.Of(policy.Policy, DutyFacts.Fulfilled(agreement), DutyFacts.Events(agreement), agreement.SignedAt, now);
}

/// <summary>A duty of an agreement as it is shown.</summary>
/// <param name="Withholds">Whether no data may flow for it now.</param>
/// <param name="Text">In an English sentence.</param>
/// <param name="Record">Null while it is not recorded as fulfilled.</param>
public sealed record AgreementDuty(DutyStanding Standing, bool Withholds, string Text, DutyRecord? Record);

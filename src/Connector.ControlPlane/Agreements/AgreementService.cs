using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>Ends agreements: by the operator, by the other party, or because their own terms say so. With an agreement its transfers end.</summary>
public sealed class AgreementService(
    IAgreementStore agreements,
    ITransferStore transfers,
    CommitService commits,
    TransferSteps steps,
    Flows flows,
    IIds ids,
    TimeProvider time)
{
    /// <summary>Ends an agreement for a reason that the other party is told. From the return on nothing more is delivered under it.</summary>
    /// <param name="code">Kebab-case, such as <c>revoked</c>.</param>
    public async ValueTask<Result<Agreement>> EndAsync(string id, string code, string reason, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await agreements.FindAsync(id, cancel) is not { } current)
            {
                return Refusal.NotFound("agreement", id);
            }

            if (AgreementRules.Check(current) is { } already)
            {
                return already;
            }

            var end = new AgreementEnd(time.GetUtcNow(), current.Role, code, reason);
            if (await SaveAsync(current, end, tell: true, cancel) is { } saved)
            {
                return saved;
            }
        }

        return CommitService.Overtaken;
    }

    /// <summary>The other party has ended the agreement. Heard twice it counts once.</summary>
    public async ValueTask<Result<Agreement>> ReceiveEndAsync(Peer caller, string agreementId, AgreementEnd end, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await agreements.FindAsync(agreementId, cancel) is not { } current || current.Peer != caller.ParticipantId)
            {
                return Refusal.NotFound("agreement", agreementId);
            }

            if (current.End is not null)
            {
                return current;
            }

            if (await SaveAsync(current, end with { By = NegotiationRules.Opposite(current.Role) }, tell: false, cancel) is { } saved)
            {
                return saved;
            }
        }

        return CommitService.Overtaken;
    }

    /// <summary>Notes when an agreement is to be looked at again; null for never.</summary>
    public async ValueTask ScheduleAsync(string id, DateTimeOffset? at, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await agreements.FindAsync(id, cancel) is not { End: null } current
                || current.ChangesAt == at
                || await commits.TryAsync(new Change { Agreements = [current with { ChangesAt = at, Version = current.Version + 1 }] }, cancel))
            {
                return;
            }
        }

        throw new InvalidOperationException($"agreement {id} is changing too fast to be scheduled");
    }

    /// <summary>Ends those running transfers of an agreement that the policy does not permit just now; the agreement itself stays.</summary>
    /// <param name="judge">Whether a transfer may go on.</param>
    public async ValueTask StopTransfersAsync(Agreement agreement, Func<Transfer, Judged> judge, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            var change = await StopAsync(agreement, new Change(), judge, cancel);
            if (change.Transfers.IsEmpty || await commits.TryAsync(change, cancel))
            {
                Cut(change, judge);
                return;
            }
        }
    }

    private async ValueTask<Agreement?> SaveAsync(Agreement current, AgreementEnd end, bool tell, CancellationToken cancel)
    {
        var next = AgreementRules.End(current, end) with { Version = current.Version + 1 };
        var ended = new Judged(AgreementRules.Check(next), null, EnforcementPoint.During, end.At);
        var change = await StopAsync(current, new Change { Agreements = [next], Evidence = [EvidencePayloads.Ended(next, end)] }, _ => ended, cancel);
        if (tell && current.Binding == Binding.Grpc)
        {
            // On the negotiation's own queue: the other side must have heard FINALIZED before it hears of the end.
            change = change with { Effects = [.. change.Effects, new Effect(ids.NewId(), next.NegotiationId, next.Peer, new SendAgreementEnd(ids.NewId(), next.Id, end), end.At)] };
        }

        if (!await commits.TryAsync(change, cancel))
        {
            return null;
        }

        Cut(change, _ => ended);
        return next;
    }

    private async ValueTask<Change> StopAsync(Agreement agreement, Change change, Func<Transfer, Judged> judge, CancellationToken cancel)
    {
        foreach (var live in await transfers.LiveAsync(agreement.Id, cancel))
        {
            var judged = judge(live);
            if (judged.Refusal is { } reason && steps.Take(live, TransferMessageKind.Termination, reason.Code, [reason.Message]).Try(out var outcome, out _))
            {
                change = change with
                {
                    Transfers = [.. change.Transfers, outcome.Transfer with { Verdict = judged.Stored, Version = live.Version + 1 }],
                    Effects = [.. change.Effects, .. outcome.Change.Effects],
                    Evidence = [.. change.Evidence, .. outcome.Change.Evidence],
                };
            }
        }

        return change;
    }

    private void Cut(Change change, Func<Transfer, Judged> judge)
    {
        foreach (var stopped in change.Transfers)
        {
            flows.Cut(stopped.Id, judge(stopped).Refusal ?? TransferSteps.NotRunning(stopped));
        }
    }
}

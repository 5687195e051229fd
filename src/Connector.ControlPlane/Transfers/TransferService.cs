using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Transfers;

/// <summary>Transfer processes, both roles: what peers send, and what the operator orders. Load, gather facts, decide, save.</summary>
public sealed class TransferService(
    ITransferStore transfers,
    IAgreementStore agreements,
    CommitService commits,
    TransferSteps steps,
    AgreementGate gate,
    Flows flows,
    TimeProvider time)
{
    /// <summary>A peer's message. The answer is our transfer after it; a message applied before is answered alike and changes nothing.</summary>
    public async ValueTask<Result<Transfer>> ReceiveAsync(Peer caller, Binding binding, TransferMessage message, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (!(await LoadAsync(caller, message, cancel)).Try(out var current, out var refusal))
            {
                return refusal;
            }

            // A request repeated under the same pid is answered as the first was (DSP 2025-1, transfer request).
            if (current is not null && (message is TransferRequestMessage || current.Seen.Contains(message.Id)))
            {
                return current;
            }

            // Looked at after the load: a receipt that was stored in between fails the save, and the next attempt sees it.
            if (message is TransferCompletionMessage && current is { Role: Role.Consumer, State: TransferState.Started, Receipt: null } && flows.IsOpen(current.Id))
            {
                return TransferSteps.UnderWay(current);
            }

            if (!(await BeginsAsync(caller, current, message, cancel)).Try(out var begins, out refusal))
            {
                return refusal;
            }

            var received = current is null
                ? steps.Open(caller, binding, begins!, (TransferRequestMessage)message)
                : TransferRules.Receive(current, message, time.GetUtcNow());
            if (!received.Try(out var next, out refusal))
            {
                return refusal;
            }

            next = next with { PeerPid = next.PeerPid ?? TransferPids.Of(message).Other(next.Role) };
            if (!steps.React(next, message, begins).Try(out var outcome, out refusal))
            {
                return refusal;
            }

            if (await SaveAsync(current?.Version ?? 0, outcome, cancel) is { } saved)
            {
                return saved;
            }
        }

        return CommitService.Overtaken;
    }

    /// <summary>One of our transfers, as far as the caller is its other party.</summary>
    public async ValueTask<Result<Transfer>> FindAsync(Peer caller, string pid, CancellationToken cancel) =>
        await transfers.FindAsync(pid, cancel) is { } found && found.Peer == caller.ParticipantId ? found : Refusal.NotFound("transfer", pid);

    /// <summary>Consumer: asks for the data of an agreement. A live transfer of the same agreement into the same place is joined, not doubled.</summary>
    public async ValueTask<Result<Transfer>> StartAsync(StartTransfer command, CancellationToken cancel)
    {
        if (await agreements.FindAsync(command.AgreementId, cancel) is not { } agreement)
        {
            return Refusal.NotFound("agreement", command.AgreementId);
        }

        if (agreement.Role != Role.Consumer)
        {
            return new Refusal(RefusalKind.Forbidden, "not-the-consumer", "in this agreement we are the provider; only the consumer asks for the data", "agreementId", "ask the consumer to pull");
        }

        if (gate.Judge(agreement, EnforcementPoint.Transfer, command.Format).Refusal is { } closed)
        {
            return closed;
        }

        var live = await transfers.LiveAsync(agreement.Id, cancel);
        if (command.Sink is not null && live.FirstOrDefault(t => t.Sink == command.Sink) is { } joined)
        {
            return joined;
        }

        return await SaveAsync(0, steps.Request(agreement, command), cancel) is { } saved ? saved : CommitService.Overtaken;
    }

    /// <summary>The operator starts (or resumes), suspends, completes or terminates a transfer.</summary>
    public async ValueTask<Result<Transfer>> StepAsync(string id, TransferMessageKind step, string? code, ImmutableArray<string> reasons, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await transfers.FindAsync(id, cancel) is not { } current)
            {
                return Refusal.NotFound("transfer", id);
            }

            // What was suspended has begun before, and goes on.
            var begins = current.State == TransferState.Requested;
            var agreement = (Agreement?)null;
            if (step == TransferMessageKind.Start
                && !(await gate.ForTransferAsync(current, begins ? EnforcementPoint.Transfer : EnforcementPoint.During, cancel)).Try(out agreement, out var closed))
            {
                return closed;
            }

            if (!steps.Take(current, step, code, reasons, begins ? agreement : null).Try(out var outcome, out var refusal))
            {
                return refusal;
            }

            if (await SaveAsync(current.Version, outcome, cancel) is { } saved)
            {
                return saved;
            }
        }

        return CommitService.Overtaken;
    }

    /// <summary>Consumer: the data is in place. Signs the receipt and completes.</summary>
    public async ValueTask ReceivedAsync(Effect effect, string id, Received received, CancellationToken cancel) =>
        await ChangeAsync(id, t => t.State == TransferState.Started ? steps.Received(t, received.Manifest) : new TransferOutcome(t, new Change()), effect, cancel);

    /// <summary>Provider of a push: the consumer signed for the data.</summary>
    public async ValueTask PushedAsync(Effect effect, string id, SignedReceipt receipt, CancellationToken cancel) =>
        await ChangeAsync(id, t => steps.Pushed(t, receipt), effect, cancel);

    /// <summary>A message of ours was finally refused, or the data could not be moved.</summary>
    public async ValueTask FailedAsync(Effect effect, string id, string what, Refusal refusal, bool byPeer, CancellationToken cancel) =>
        await ChangeAsync(id, t => steps.Failed(t, what, refusal, byPeer), effect, cancel);

    /// <summary>An effect found that no data may flow any more.</summary>
    /// <param name="verdict">For our own eyes; null where there are no terms to be asked.</param>
    public async ValueTask ClosedAsync(Effect effect, string id, string what, Refusal closed, StoredVerdict? verdict, CancellationToken cancel) => await ChangeAsync(
        id,
        t =>
        {
            var outcome = steps.Failed(t, what, closed, byPeer: false);
            return t.IsTerminal ? outcome : outcome with { Transfer = outcome.Transfer with { Verdict = verdict } };
        },
        effect,
        cancel);

    /// <summary>An effect was acknowledged by the peer; its pid may have been learnt with it, and what delayed it is over.</summary>
    public async ValueTask SentAsync(Effect effect, Transfer transfer, string? peerPid, CancellationToken cancel)
    {
        if (transfer.LastError is null && (transfer.PeerPid is not null || string.IsNullOrEmpty(peerPid)))
        {
            await commits.TryAsync(new Change { Done = [effect.Id] }, cancel);
            return;
        }

        await ChangeAsync(transfer.Id, t => new TransferOutcome(t with { PeerPid = t.PeerPid ?? (peerPid is { Length: > 0 } ? peerPid : null), LastError = null }, new Change()), effect, cancel);
    }

    /// <summary>Consumer: the access token was exchanged for a new one, which a later try needs too: the tokens before may be worth nothing any more.</summary>
    public async ValueTask RefreshedAsync(string id, string token, string? refreshToken, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await transfers.FindAsync(id, cancel) is not { IsTerminal: false, DataAddress: { } address } current
                || await commits.TryAsync(
                    new Change { Transfers = [current with { DataAddress = HttpAddress.Refreshed(address, token, refreshToken), Version = current.Version + 1, UpdatedAt = time.GetUtcNow() }] }, cancel))
            {
                return;
            }
        }
    }

    /// <summary>Shows on the transfer that something could not be done yet.</summary>
    public async ValueTask DelayedAsync(string id, string error, CancellationToken cancel)
    {
        if (await transfers.FindAsync(id, cancel) is { } current && current.LastError != error)
        {
            await commits.TryAsync(new Change { Transfers = [current with { LastError = error, Version = current.Version + 1, UpdatedAt = time.GetUtcNow() }] }, cancel);
        }
    }

    private async ValueTask ChangeAsync(string id, Func<Transfer, TransferOutcome> change, Effect effect, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await transfers.FindAsync(id, cancel) is not { } current)
            {
                return;
            }

            var outcome = change(current);
            if (await SaveAsync(current.Version, outcome with { Change = outcome.Change with { Done = [effect.Id] } }, cancel) is not null)
            {
                return;
            }
        }
    }

    private async ValueTask<Result<Transfer?>> LoadAsync(Peer caller, TransferMessage message, CancellationToken cancel)
    {
        if (message is TransferRequestMessage request)
        {
            return await transfers.FindByPeerPidAsync(caller.ParticipantId, Role.Provider, request.ConsumerPid, cancel);
        }

        var pids = TransferPids.Of(message);
        var found = await transfers.FindAsync(pids.Provider, cancel) ?? await transfers.FindAsync(pids.Consumer, cancel);
        return found is not null && found.Peer == caller.ParticipantId && (found.PeerPid ?? pids.Other(found.Role)) == pids.Other(found.Role)
            ? found
            : Refusal.NotFound("transfer", pids.Provider);
    }

    // The agreement is written together with the transfer that begins under it, on the very version that was judged.
    private async ValueTask<Result<Agreement?>> BeginsAsync(Peer caller, Transfer? current, TransferMessage message, CancellationToken cancel) => (current, message) switch
    {
        (null, TransferRequestMessage request) => await AskedAsync(caller, request, cancel),
        ({ State: TransferState.Requested }, TransferStartMessage) => await agreements.FindAsync(current.AgreementId, cancel),
        _ => (Agreement?)null,
    };

    // A refused request opens no transfer, so that the same may be asked again; what was known when it was refused is kept.
    private async ValueTask<Result<Agreement?>> AskedAsync(Peer caller, TransferRequestMessage request, CancellationToken cancel)
    {
        if (!(await gate.OfPeerAsync(caller, request.AgreementId, cancel)).Try(out var agreement, out var unknown))
        {
            return unknown;
        }

        var judged = gate.Judge(agreement, caller, EnforcementPoint.Transfer, request.Format);
        if (judged is { Refusal: { } refusal, Stored: { } verdict })
        {
            await commits.TryAsync(new Change { RefusedTransfers = [steps.Refuse(caller, request, refusal, verdict)] }, cancel);
        }

        return judged.Refusal is { } refused ? refused : agreement;
    }

    private async ValueTask<Transfer?> SaveAsync(long version, TransferOutcome outcome, CancellationToken cancel)
    {
        var next = outcome.Transfer with { Version = version + 1, UpdatedAt = time.GetUtcNow() };
        if (!await commits.TryAsync(outcome.Change with { Transfers = [next] }, cancel))
        {
            return null;
        }

        if (next.State != TransferState.Started)
        {
            flows.Cut(next.Id, TransferSteps.NotRunning(next));
        }

        return next;
    }
}

/// <summary>Operator: ask for the data of an agreement.</summary>
/// <param name="Format">A distribution format; null for the binding's pull, <see cref="Formats.Push"/> for its push.</param>
/// <param name="Sink">Absolute path that the data goes to; null when something else fetches it.</param>
/// <param name="DataAddress">For a push: where to; null for this connector itself.</param>
public sealed record StartTransfer(string AgreementId, string? Format, string? Sink, DataAddress? DataAddress, Acceptance Acceptance, string? CallbackAddress = null);

/// <summary>A transfer after a step, and all that the step writes beside it.</summary>
public sealed record TransferOutcome(Transfer Transfer, Change Change);

using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Opens the streams of started transfers, on either side, to whoever holds the transfer's token and is its party.</summary>
public sealed class ExchangeService(
    ITransferStore transfers,
    CommitService commits,
    AgreementGate gate,
    TransferSteps steps,
    Library library,
    IDataSources sources,
    IDataSinks sinks,
    SweepService sweep,
    Flows flows,
    Happenings happenings,
    TimeProvider time)
{
    /// <summary>Provider: the consumer comes for the data of a pull.</summary>
    /// <param name="version">The <see cref="ManifestDigest"/> that the data is to be of; null takes whatever there is now.</param>
    public async ValueTask<Result<Flow>> OpenAsync(Peer caller, string providerPid, string token, string? version, CancellationToken cancel)
    {
        if (!(await StartedAsync(caller, providerPid, Role.Provider, token, cancel)).Try(out var transfer, out var refusal))
        {
            return refusal;
        }

        if (!(await OpenAsync(caller, transfer, cancel)).Try(out var flow, out refusal))
        {
            return refusal;
        }

        var ready = false;
        try
        {
            if ((await flow.DescribeAsync(cancel)).Refusal is { } undescribed)
            {
                return undescribed;
            }

            ready = version is null || version == ManifestDigest.Of(flow.Manifest);
            return ready ? flow : SourcePieces.Changed;
        }
        finally
        {
            if (!ready)
            {
                flow.Dispose();
            }
        }
    }

    /// <summary>Provider: somebody comes by plain HTTP with the token alone, which stands for the peer that it was given to. The flow is still to be described.</summary>
    public async ValueTask<Result<Flow>> OpenAsync(string providerPid, string token, CancellationToken cancel)
    {
        if (!(await HeldAsync(providerPid, Role.Provider, t => TransferTokens.Matches(token, t.TokenHash), cancel)).Try(out var transfer, out var refusal))
        {
            return refusal;
        }

        if (transfer.TokenUntil <= time.GetUtcNow())
        {
            return new Refusal(RefusalKind.Unauthenticated, "token-expired", "the access token has expired", "Authorization", "refresh it at the refresh endpoint of the transfer's data address");
        }

        return await OpenAsync(await gate.PartyAsync(transfer, cancel), transfer, cancel);
    }

    /// <summary>Provider: a new access token for the peer that holds the refresh token of a running pull.</summary>
    /// <param name="accessToken">The one that is to be replaced, as far as the caller names it.</param>
    public async ValueTask<Result<AccessToken>> RefreshAsync(Peer caller, string providerPid, string refreshToken, string? accessToken, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (!(await HeldAsync(providerPid, Role.Provider, t => TransferTokens.Matches(refreshToken, t.RefreshHash), cancel)).Try(out var transfer, out var refusal))
            {
                return refusal;
            }

            // Whoever found a refresh token has nothing of it: only its transfer's party gets anything for it.
            if (transfer.Peer != caller.ParticipantId || (accessToken is not null && !TransferTokens.Matches(accessToken, transfer.TokenHash)))
            {
                return new Refusal(RefusalKind.Forbidden, "refresh-not-yours", "the refresh token is not this caller's, or not of the access token that it names", "Authorization", "sign the call as the party of the transfer, with its newest access token as the claim 'token'");
            }

            if ((await gate.ForTransferAsync(transfer, EnforcementPoint.During, cancel)).Refusal is { } closed)
            {
                return closed;
            }

            var (next, token) = steps.Refresh(transfer);
            if (await commits.TryAsync(new Change { Transfers = [next with { Version = transfer.Version + 1, UpdatedAt = time.GetUtcNow() }] }, cancel))
            {
                return new AccessToken(token, next.TokenUntil!.Value - time.GetUtcNow());
            }
        }

        return CommitService.Overtaken;
    }

    private async ValueTask<Result<Flow>> OpenAsync(Peer caller, Transfer transfer, CancellationToken cancel)
    {
        if (transfer.IsPush)
        {
            return new Refusal(RefusalKind.Forbidden, "not-a-pull", $"the transfer's format is {transfer.Format}", null, "wait for the push, or request a pull");
        }

        // Registered before the agreement is read: whichever end comes later finds either the gate or the ended agreement.
        var gateOfFlow = flows.Open(transfer.Id);
        var opened = await OpenAsync(caller, transfer, gateOfFlow, cancel);
        if (opened.Refused)
        {
            gateOfFlow.Dispose();
        }

        return opened;
    }

    /// <summary>Consumer: the provider pushes the data of a transfer; answers with our signed receipt once all is in place.</summary>
    public async ValueTask<Result<SignedReceipt>> AcceptPushAsync(Peer caller, string consumerPid, string token, IDataStream stream, CancellationToken cancel)
    {
        if (!(await StartedAsync(caller, consumerPid, Role.Consumer, token, cancel)).Try(out var transfer, out var refusal))
        {
            return refusal;
        }

        return await AcceptPushAsync(transfer, stream, cancel);
    }

    /// <summary>Consumer: somebody pushes by plain HTTP with the token alone.</summary>
    public async ValueTask<Result<SignedReceipt>> AcceptPushAsync(string consumerPid, string token, IDataStream stream, CancellationToken cancel) =>
        (await HeldAsync(consumerPid, Role.Consumer, t => TransferTokens.Matches(token, t.TokenHash), cancel)).Try(out var transfer, out var refusal)
            ? await AcceptPushAsync(transfer, stream, cancel)
            : refusal;

    private async ValueTask<Result<SignedReceipt>> AcceptPushAsync(Transfer transfer, IDataStream stream, CancellationToken cancel)
    {
        if (transfer.Receipt is { } before)
        {
            return before;
        }

        if (transfer is not { IsPush: true, Sink: { } sink })
        {
            return new Refusal(RefusalKind.Forbidden, "not-a-push", "this transfer takes no pushed data", null, "request a transfer with a push format");
        }

        // What the terms no longer permit to use is not taken in either.
        if ((await gate.ForTransferAsync(transfer, EnforcementPoint.During, cancel)).Refusal is { } closed)
        {
            return closed;
        }

        // Open until all is signed for, so that the sender's completion does not come in between.
        using var flow = flows.Open(transfer.Id);
        if (!(await ReceiveAsync(transfer, sink, stream, flow, cancel)).Try(out var received, out var refusal))
        {
            return refusal;
        }

        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await transfers.FindAsync(transfer.Id, cancel) is not { State: TransferState.Started } current)
            {
                return TransferSteps.NotRunning(await transfers.FindAsync(transfer.Id, cancel) ?? transfer);
            }

            var (outcome, receipt) = steps.SignFor(current, received.Manifest);
            if (await commits.TryAsync(outcome.Change with { Transfers = [outcome.Transfer with { Version = current.Version + 1 }] }, cancel))
            {
                return receipt;
            }
        }

        return CommitService.Overtaken;
    }

    // Suspended or ended meanwhile, it stops here at once, and not when the sender comes to hear of it.
    private async ValueTask<Result<Received>> ReceiveAsync(Transfer transfer, string sink, IDataStream stream, FlowGate flow, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, flow.Cancelled);
        if (await transfers.FindAsync(transfer.Id, cancel) is not { State: TransferState.Started })
        {
            return TransferSteps.NotRunning(await transfers.FindAsync(transfer.Id, cancel) ?? transfer);
        }

        try
        {
            return await sinks.ReceiveAsync(transfer.Id, sink, stream, new TransferProgress(happenings, transfer, time), either.Token);
        }
        catch (Exception) when (flow.Reason is { } cut && !cancel.IsCancellationRequested)
        {
            return cut;
        }
        finally
        {
            if (flow.Reason is not null)
            {
                await sweep.AfterAsync(transfer.Id, CancellationToken.None);
            }
        }
    }

    private async ValueTask<Result<Flow>> OpenAsync(Peer caller, Transfer transfer, FlowGate flowGate, CancellationToken cancel)
    {
        if (!(await gate.ForPeerAsync(caller, transfer.AgreementId, transfer.Format, cancel)).Try(out var agreement, out var refusal))
        {
            return refusal;
        }

        return library.Current.DatasetById(transfer.DatasetId) is { } dataset
            ? new Flow(agreement, caller, transfer.Format, gate, sources, dataset, flowGate, time)
            : new Refusal(RefusalKind.Unavailable, "dataset-withdrawn", $"the dataset '{transfer.DatasetId}' is not published at present", null, "ask the provider");
    }

    // An ended transfer has no token any more to tell its party by: that it ended is all that is said, and never why.
    private async ValueTask<Result<Transfer>> HeldAsync(string pid, Role role, Func<Transfer, bool> opens, CancellationToken cancel)
    {
        if (await transfers.FindAsync(pid, cancel) is not { } transfer || transfer.Role != role || transfer.Binding == Binding.Grpc)
        {
            return Refusal.NotFound("transfer", pid);
        }

        if (transfer.IsTerminal)
        {
            return new Refusal(RefusalKind.Ended, TransferSteps.EndedCode, "the transfer has ended", null, "request a new transfer");
        }

        if (!opens(transfer))
        {
            return new Refusal(RefusalKind.Forbidden, "transfer-token", "the token does not open this transfer", "Authorization", "use the token of this transfer's newest start message");
        }

        return transfer.State == TransferState.Started ? transfer : TransferSteps.NotRunning(transfer);
    }

    private async ValueTask<Result<Transfer>> StartedAsync(Peer caller, string pid, Role role, string token, CancellationToken cancel)
    {
        if (await transfers.FindAsync(pid, cancel) is not { } transfer || transfer.Peer != caller.ParticipantId || transfer.Role != role)
        {
            return Refusal.NotFound("transfer", pid);
        }

        if (transfer.State != TransferState.Started)
        {
            return TransferSteps.NotRunning(transfer);
        }

        return TransferTokens.Matches(token, transfer.TokenHash)
            ? transfer
            : new Refusal(RefusalKind.Forbidden, "transfer-token", "the token does not open this transfer", "token", "use the token of this transfer's newest start message");
    }
}

/// <summary>A new access token.</summary>
/// <param name="Lifetime">How long it opens its transfer from now on.</param>
public sealed record AccessToken(string Token, TimeSpan Lifetime);

using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Moves the bytes of started transfers, as far as it is our part: fetches pulls, sends pushes.</summary>
public sealed class ExchangePerformer(
    ITransferStore transfers,
    TransferService service,
    CommitService commits,
    AgreementGate gate,
    Library library,
    IDataSources sources,
    IDataSinks sinks,
    SweepService sweep,
    Flows flows,
    Happenings happenings,
    IPeerDirectory peers,
    IEnumerable<IPeerClient> clients,
    TimeProvider time)
{
    /// <summary>Consumer: fetches the data of a pull into its sink.</summary>
    /// <returns>Null when done with; else why to try again.</returns>
    public async ValueTask<Refusal?> FetchAsync(Effect effect, string transferId, CancellationToken cancel)
    {
        if (await RunningAsync(effect, transferId, cancel) is not { Sink: { } sink } transfer)
        {
            return null;
        }

        if (Route(transfer) is not { } route)
        {
            return Unroutable(transfer);
        }

        using var flow = flows.Open(transfer.Id);
        if (await ClosedAsync(effect, transfer, "fetch", cancel))
        {
            return null;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, flow.Cancelled);
        try
        {
            var result = await sinks.ReceiveAsync(transfer.Id, sink, route.Client.Pull(route.To, transfer), new TransferProgress(happenings, transfer, time), either.Token);
            if (result.Try(out var received, out var refusal))
            {
                await service.ReceivedAsync(effect, transfer.Id, received, cancel);
                return null;
            }

            return await FailedAsync(effect, transfer, "fetch", refusal, cancel);
        }
        catch (OperationCanceledException) when (flow.Reason is not null)
        {
            // Suspended, the transfer keeps what arrived; terminated, it loses it here.
            await EndedAsync(effect, await transfers.FindAsync(transferId, cancel), cancel);
            return null;
        }
    }

    /// <summary>Consumer: the fetch could not be done for too long.</summary>
    public async ValueTask GiveUpFetchAsync(Effect effect, string transferId, Refusal last, CancellationToken cancel)
    {
        if (await transfers.FindAsync(transferId, cancel) is { } transfer)
        {
            Discard(transfer);
        }

        await service.FailedAsync(effect, transferId, "fetch", last, byPeer: true, cancel);
    }

    /// <summary>Provider: sends the data of a push.</summary>
    /// <returns>Null when done with; else why to try again.</returns>
    public async ValueTask<Refusal?> PushAsync(Effect effect, string transferId, CancellationToken cancel)
    {
        if (await RunningAsync(effect, transferId, cancel) is not { } transfer)
        {
            return null;
        }

        if (Route(transfer) is not { } route)
        {
            return Unroutable(transfer);
        }

        using var flow = flows.Open(transfer.Id);
        if (await ClosedAsync(effect, transfer, "push", cancel))
        {
            return null;
        }

        if (library.Current.DatasetById(transfer.DatasetId) is not { } dataset)
        {
            return new Refusal(RefusalKind.Unavailable, "dataset-withdrawn", $"the dataset '{transfer.DatasetId}' is not published at present", null, "apply its document again");
        }

        if (!(await sources.DescribeAsync(dataset.Source, dataset.ContentType, cancel)).Try(out var manifest, out var refusal))
        {
            return refusal with { Kind = RefusalKind.Unavailable };
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, flow.Cancelled);
        try
        {
            var pushed = await route.Client.PushAsync(route.To, transfer, manifest, from => SourcePieces.Of(sources, dataset.Source, manifest, from, either.Token), either.Token);
            if (pushed.Try(out var receipt, out refusal))
            {
                await service.PushedAsync(effect, transfer.Id, receipt, cancel);
                return null;
            }

            return await FailedAsync(effect, transfer, "push", refusal, cancel);
        }
        catch (OperationCanceledException) when (flow.Reason is not null)
        {
            await StrikeAsync(effect, cancel);
            return null;
        }
    }

    // The terms may have closed while the effect waited.
    private async ValueTask<bool> ClosedAsync(Effect effect, Transfer transfer, string what, CancellationToken cancel)
    {
        if (await gate.JudgeAsync(transfer, EnforcementPoint.During, cancel) is not { Refusal: { } closed } judged)
        {
            return false;
        }

        Discard(transfer);
        await service.ClosedAsync(effect, transfer.Id, what, closed, judged.Stored, cancel);
        return true;
    }

    private async ValueTask<Transfer?> RunningAsync(Effect effect, string transferId, CancellationToken cancel)
    {
        var transfer = await transfers.FindAsync(transferId, cancel);
        if (transfer is { State: TransferState.Started })
        {
            return transfer;
        }

        await EndedAsync(effect, transfer, cancel);
        return null;
    }

    private async ValueTask EndedAsync(Effect effect, Transfer? transfer, CancellationToken cancel)
    {
        if (transfer is not null)
        {
            await sweep.AfterAsync(transfer.Id, cancel);
        }

        await StrikeAsync(effect, cancel);
    }

    private async ValueTask<Refusal?> FailedAsync(Effect effect, Transfer transfer, string what, Refusal refusal, CancellationToken cancel)
    {
        // Suspended or ended there and not here: either that is on its way to us, and the next try finds it; or our resumption is on its way to them.
        if (refusal.Kind == RefusalKind.Unavailable || TransferSteps.IsAhead(refusal))
        {
            return refusal;
        }

        // Before the commit: after a crash in between, the fetch runs again and ends here again.
        Discard(transfer);
        await service.FailedAsync(effect, transfer.Id, what, refusal, byPeer: refusal.Kind is not (RefusalKind.Malformed or RefusalKind.Internal), cancel);
        return null;
    }

    private void Discard(Transfer transfer)
    {
        if (transfer is not { Role: Role.Consumer, Sink: { } sink })
        {
            return;
        }

        try
        {
            sinks.Discard(transfer.Id, sink);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed bears no dataset's name and stays; the transfer's end must not wait for it.
        }
    }

    private (IPeerClient Client, PeerAddress To)? Route(Transfer transfer) =>
        peers.ById(transfer.Peer) is { } entry && clients.FirstOrDefault(c => c.Binding == transfer.Binding) is { } client ? (client, new PeerAddress(entry, transfer.CallbackAddress)) : null;

    private static Refusal Unroutable(Transfer transfer) =>
        new(RefusalKind.Unavailable, "peer-unknown", $"no Peer document names '{transfer.Peer}' any more, or its binding {transfer.Binding} is off", null, "apply the peer's document again");

    private async ValueTask StrikeAsync(Effect effect, CancellationToken cancel) => await commits.TryAsync(new Change { Done = [effect.Id] }, cancel);
}

using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Effects;

/// <summary>Performs one effect once, and brings its outcome back to the rules. Retrying is the runner's business.</summary>
public sealed class EffectPerformer(
    INegotiationStore negotiations,
    ITransferStore transfers,
    IAgreementStore agreements,
    NegotiationService negotiationService,
    TransferService transferService,
    ExchangePerformer exchanges,
    PublicationService publications,
    AgreementMonitor monitor,
    CommitService commits,
    IPeerDirectory peers,
    IEnumerable<IPeerClient> clients,
    TimeProvider time)
{
    /// <summary>Performs the effect.</summary>
    /// <returns>Null when it is done with, one way or the other; else why it must be tried again later.</returns>
    public ValueTask<Refusal?> PerformAsync(Effect effect, CancellationToken cancel) => effect.Body switch
    {
        SendNegotiation send => SendAsync(effect, send.Message, cancel),
        SendTransfer send => SendAsync(effect, send.Message, cancel),
        SendAgreementEnd send => SendAsync(effect, send, cancel),
        ReviewAgreements review => ReviewAsync(effect, review.ParticipantId, cancel),
        Fetch fetch => exchanges.FetchAsync(effect, fetch.TransferId, cancel),
        Push push => exchanges.PushAsync(effect, push.TransferId, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.Body.GetType().Name, "unknown effect"),
    };

    /// <summary>The runner gives up: what could not be done for too long counts as refused.</summary>
    public ValueTask GiveUpAsync(Effect effect, Refusal last, CancellationToken cancel) => effect.Body switch
    {
        SendNegotiation send => negotiationService.SendFailedAsync(effect, send.Message.Kind, effect.Subject, last, cancel),
        SendTransfer send => transferService.FailedAsync(effect, effect.Subject, $"Transfer{send.Message.Kind}Message", last, byPeer: true, cancel),
        Fetch fetch => exchanges.GiveUpFetchAsync(effect, fetch.TransferId, last, cancel),
        Push push => transferService.FailedAsync(effect, push.TransferId, "push", last, byPeer: true, cancel),
        _ => StrikeAsync(effect, cancel),
    };

    /// <summary>Shows on the process why an effect is not done yet.</summary>
    public ValueTask DelayedAsync(Effect effect, Refusal reason, CancellationToken cancel) => effect.Body switch
    {
        SendNegotiation => negotiationService.DelayedAsync(effect.Subject, reason.ToString(), cancel),
        SendTransfer => transferService.DelayedAsync(effect.Subject, reason.ToString(), cancel),
        Fetch fetch => transferService.DelayedAsync(fetch.TransferId, reason.ToString(), cancel),
        Push push => transferService.DelayedAsync(push.TransferId, reason.ToString(), cancel),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask<Refusal?> SendAsync(Effect effect, NegotiationMessage message, CancellationToken cancel)
    {
        if (await negotiations.FindAsync(effect.Subject, cancel) is not { } negotiation || IsStale(negotiation, message))
        {
            await StrikeAsync(effect, cancel);
            return null;
        }

        if (!Reach(effect.Peer, negotiation.Binding, negotiation.CallbackAddress, negotiation.PeerPid).Try(out var route, out var refusal))
        {
            return refusal;
        }

        if ((await route.Client.SendAsync(route.To, WithPeerPid(message, negotiation), cancel)).Try(out var acknowledged, out refusal))
        {
            await negotiationService.SentAsync(effect, negotiation, negotiation.Role == Role.Consumer ? acknowledged.ProviderPid : acknowledged.ConsumerPid, cancel);
            return null;
        }

        if (EffectRules.MayPass(refusal, Opens(message), Age(effect)))
        {
            return refusal;
        }

        // A peer that refuses a termination has ended already: that is what we wanted.
        await (message.Kind == NegotiationMessageKind.Termination
            ? StrikeAsync(effect, cancel)
            : negotiationService.SendFailedAsync(effect, message.Kind, effect.Subject, refusal, cancel));
        return null;
    }

    private async ValueTask<Refusal?> SendAsync(Effect effect, TransferMessage message, CancellationToken cancel)
    {
        if (await transfers.FindAsync(effect.Subject, cancel) is not { } transfer || IsStale(transfer, message))
        {
            await StrikeAsync(effect, cancel);
            return null;
        }

        if (!Reach(effect.Peer, transfer.Binding, transfer.CallbackAddress, transfer.PeerPid).Try(out var route, out var refusal))
        {
            return refusal;
        }

        if ((await route.Client.SendAsync(route.To, WithPeerPid(message, transfer), cancel)).Try(out var acknowledged, out refusal))
        {
            await transferService.SentAsync(effect, transfer, transfer.Role == Role.Consumer ? acknowledged.ProviderPid : acknowledged.ConsumerPid, cancel);
            return null;
        }

        if (EffectRules.MayPass(refusal, Opens(message), Age(effect)))
        {
            return refusal;
        }

        await (message.Kind == TransferMessageKind.Termination
            ? StrikeAsync(effect, cancel)
            : transferService.FailedAsync(effect, effect.Subject, $"Transfer{message.Kind}Message was not taken", refusal, byPeer: true, cancel));
        return null;
    }

    private async ValueTask<Refusal?> SendAsync(Effect effect, SendAgreementEnd send, CancellationToken cancel)
    {
        if (await agreements.FindAsync(send.AgreementId, cancel) is { } agreement)
        {
            if (!Reach(effect.Peer, agreement.Binding, null, null).Try(out var route, out var refusal))
            {
                return refusal;
            }

            if ((await route.Client.SendAgreementEndAsync(route.To, send.MessageId, send.AgreementId, send.End, cancel)).Refusal is { Kind: RefusalKind.Unavailable } unavailable)
            {
                return unavailable;
            }
        }

        await StrikeAsync(effect, cancel);
        return null;
    }

    private async ValueTask<Refusal?> ReviewAsync(Effect effect, string participantId, CancellationToken cancel)
    {
        await publications.SettledAsync(cancel);
        await monitor.ReviewAsync(participantId, cancel);
        await StrikeAsync(effect, cancel);
        return null;
    }

    private Result<(IPeerClient Client, PeerAddress To)> Reach(string peer, Binding binding, string? callback, string? peerPid)
    {
        if (peers.ById(peer) is not { } entry)
        {
            return new Refusal(RefusalKind.Unavailable, "peer-unknown", $"no Peer document names '{peer}' any more", null, "apply the peer's document again");
        }

        return clients.FirstOrDefault(c => c.Binding == binding) is { } client
            ? (client, new PeerAddress(entry, callback, peerPid))
            : new Refusal(RefusalKind.Unavailable, "binding-off", $"this connector does not speak {binding} at present", null, "switch the binding on");
    }

    private async ValueTask StrikeAsync(Effect effect, CancellationToken cancel) => await commits.TryAsync(new Change { Done = [effect.Id] }, cancel);

    // What was decided before the end came need not be said any more; only the end itself, and the message that opened the negotiation:
    // it may have arrived with its acknowledgement lost, and only the acknowledgement brings the pid that the end is addressed to.
    private static bool IsStale(Negotiation negotiation, NegotiationMessage message) =>
        negotiation.State == NegotiationState.Terminated && !Opens(message) && message.Kind != NegotiationMessageKind.Termination;

    private static bool IsStale(Transfer transfer, TransferMessage message) =>
        transfer.State == TransferState.Terminated && !Opens(message) && message.Kind != TransferMessageKind.Termination;

    private static bool Opens(NegotiationMessage message) => message is ContractRequestMessage { ProviderPid: null } or ContractOfferMessage { ConsumerPid: null };

    private static bool Opens(TransferMessage message) => message.Kind == TransferMessageKind.Request;

    private TimeSpan Age(Effect effect) => time.GetUtcNow() - effect.CreatedAt;

    // A message can be decided before the acknowledgement of the one before brought the peer's pid.
    private static NegotiationMessage WithPeerPid(NegotiationMessage message, Negotiation negotiation) => message is ContractNegotiationTerminationMessage termination
        ? termination with { ProviderPid = negotiation.ProviderPid, ConsumerPid = negotiation.ConsumerPid }
        : message;

    private static TransferMessage WithPeerPid(TransferMessage message, Transfer transfer) => message is TransferTerminationMessage termination
        ? termination with { ProviderPid = transfer.ProviderPid, ConsumerPid = transfer.ConsumerPid }
        : message;
}

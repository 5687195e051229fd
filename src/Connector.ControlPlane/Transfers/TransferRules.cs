using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Negotiations;

namespace Connector.ControlPlane.Transfers;

/// <summary>The transfer process protocol as pure functions (DSP 2025-1, transfer process protocol, state machine).</summary>
public static class TransferRules
{
    /// <summary>Messages one transfer may take: suspensions and resumptions are few.</summary>
    public const int MaxMessages = 256;

    /// <summary>The state after a message, or null when the message is not allowed. <paramref name="from"/> is null before the first message.</summary>
    public static TransferState? Next(TransferState? from, TransferMessageKind kind) => (from, kind) switch
    {
        (null, TransferMessageKind.Request) => TransferState.Requested,
        (TransferState.Requested, TransferMessageKind.Start) => TransferState.Started,
        (TransferState.Suspended, TransferMessageKind.Start) => TransferState.Started,
        (TransferState.Started, TransferMessageKind.Suspension) => TransferState.Suspended,
        (TransferState.Started, TransferMessageKind.Completion) => TransferState.Completed,
        (TransferState.Requested or TransferState.Started or TransferState.Suspended, TransferMessageKind.Termination) => TransferState.Terminated,
        _ => null,
    };

    /// <summary>Whether a side may send this kind of message now: only the consumer requests, only the provider starts what was requested.</summary>
    public static bool MaySend(Role role, TransferState? from, TransferMessageKind kind) => Next(from, kind) is not null && (from, kind) switch
    {
        (null, _) => role == Role.Consumer,
        (TransferState.Requested, TransferMessageKind.Start) => role == Role.Provider,
        _ => true,
    };

    /// <summary>This side sends a message: the next state, and the sending as an effect.</summary>
    public static Result<(Transfer Next, SendTransfer Effect)> Send(Transfer transfer, TransferMessage message, DateTimeOffset now) =>
        MaySend(transfer.Role, transfer.State, message.Kind)
            ? (Apply(transfer, message, transfer.Role, now), new SendTransfer(message))
            : Invalid(transfer, message.Kind, transfer.Role);

    /// <summary>The other side's message arrived. One that was applied before changes nothing.</summary>
    public static Result<Transfer> Receive(Transfer transfer, TransferMessage message, DateTimeOffset now)
    {
        if (transfer.Seen.Contains(message.Id))
        {
            return transfer;
        }

        // Both sides may say at once that it is complete: what the consumer signed then is taken all the same, and need not be heard of again.
        switch (transfer, message)
        {
            case ({ Role: Role.Consumer, State: TransferState.Completed, Receipt: not null }, TransferCompletionMessage):
                return transfer;
            case ({ Role: Role.Provider, State: TransferState.Completed, Receipt: null }, TransferCompletionMessage { Receipt: { } receipt }):
                return transfer with { Receipt = receipt, Seen = transfer.Seen.Add(message.Id), LastError = null, UpdatedAt = now };
            default:
                break;
        }

        var sender = NegotiationRules.Opposite(transfer.Role);
        if (!MaySend(sender, transfer.State, message.Kind))
        {
            return Invalid(transfer, message.Kind, sender);
        }

        return transfer.Seen.Length < MaxMessages
            ? Apply(transfer, message, sender, now) with { Seen = transfer.Seen.Add(message.Id) }
            : new Refusal(RefusalKind.Exhausted, "too-many-messages", $"this transfer has taken {MaxMessages} messages", null, "terminate it and request a new one");
    }

    /// <summary>The peer finally refused one of our messages, or the data could not be moved: the transfer ends here.</summary>
    public static Transfer Failed(Transfer transfer, string what, Refusal refusal, Role by, DateTimeOffset now) => transfer.IsTerminal
        ? transfer with { LastError = $"{what}: {refusal}", UpdatedAt = now }
        : Ended(transfer) with
        {
            State = TransferState.Terminated,
            Termination = new Termination(by, refusal.Code, [refusal.Message]),
            LastError = $"{what}: {refusal}",
            UpdatedAt = now,
        };

    /// <summary>The state's name in the standard's spelling.</summary>
    public static string Name(TransferState state) => state.ToString().ToUpperInvariant();

    private static Transfer Apply(Transfer transfer, TransferMessage message, Role by, DateTimeOffset now)
    {
        var state = Next(transfer.State, message.Kind)!.Value;
        var next = transfer with { State = state, UpdatedAt = now, LastError = null };
        return message switch
        {
            TransferStartMessage { DataAddress: { } address } when transfer.Role == Role.Consumer => next with { DataAddress = address },
            TransferSuspensionMessage when transfer.RefreshHash is not null => next with { TokenUntil = now },
            TransferCompletionMessage { Receipt: { } receipt } => Ended(next) with { Receipt = receipt },
            TransferCompletionMessage => Ended(next),
            TransferTerminationMessage m => Ended(next) with { Termination = new Termination(by, m.Code, m.Reasons) },
            _ => next,
        };
    }

    // A token dies with its transfer, and with its suspension: a resumption by the provider replaces it (DSP 2025-1, transfer process), and after one by
    // the consumer, which cannot carry a new one, a refresh token gets one. Only where there is none, over gRPC, the state alone keeps it shut meanwhile.
    private static Transfer Ended(Transfer transfer) => transfer.Role == Role.Provider
        ? transfer with { TokenHash = null, TokenUntil = null, RefreshHash = null }
        : transfer with { DataAddress = transfer.IsPush ? transfer.DataAddress : null, TokenHash = null };

    private static Refusal Invalid(Transfer transfer, TransferMessageKind kind, Role sender) => new(
        RefusalKind.InvalidTransition,
        "invalid-transition",
        $"Transfer{kind}Message is not allowed from the {NegotiationRules.Name(sender)} while the transfer is {Name(transfer.State)}",
        null,
        transfer.IsTerminal ? "it has ended; request a new transfer" : "ask for the transfer's state and go on from there");
}

using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Transfers;

/// <summary>This side's own steps in a transfer: gathers facts (ids, tokens, signatures), asks the rules, and gives all that the step writes.</summary>
public sealed class TransferSteps(Library library, ISignatures signatures, Participant self, IIds ids, TimeProvider time)
{
    /// <summary>Consumer: a new request.</summary>
    public TransferOutcome Request(Agreement agreement, StartTransfer command)
    {
        var now = time.GetUtcNow();
        var formats = Formats.For(agreement.Binding);
        var format = command.Format is null ? formats[0] : command.Format == Formats.Push ? formats[1] : command.Format;
        var transfer = New(Role.Consumer, agreement, agreement.Binding, format, now) with
        {
            Sink = command.Sink,
            Acceptance = command.Acceptance,
            CallbackAddress = command.CallbackAddress,
        };
        if (transfer.IsPush)
        {
            var token = ids.NewSecret();
            transfer = transfer with { DataAddress = command.DataAddress ?? PushAddress(transfer, token), TokenHash = command.DataAddress is null ? TransferTokens.Hash(token) : null };
        }

        var message = new TransferRequestMessage(ids.NewId(), transfer.Id, agreement.Id, format, Own(agreement.Binding), transfer.IsPush ? transfer.DataAddress : null);
        return new TransferOutcome(transfer, new Change { Effects = [Effect(transfer, new SendTransfer(message), now)] });
    }

    /// <summary>Provider: a request under an agreement whose data may flow.</summary>
    public Result<Transfer> Open(Peer caller, Binding binding, Agreement agreement, TransferRequestMessage request)
    {
        if (!Formats.For(binding).Contains(request.Format))
        {
            return Refusal.Malformed("format", $"is '{request.Format}', which this binding does not carry", $"use one of {string.Join(", ", Formats.For(binding))}");
        }

        var transfer = New(Role.Provider, agreement, binding, request.Format, time.GetUtcNow()) with
        {
            Peer = caller.ParticipantId,
            PeerPid = request.ConsumerPid,
            CallbackAddress = binding == Binding.Grpc ? null : request.CallbackAddress,
            Acceptance = library.Current.FindOffer(agreement.OfferId, agreement.DatasetId)?.Offer.Accept == Acceptance.Stepwise ? Acceptance.Stepwise : Acceptance.Auto,
            Seen = [request.Id],
        };
        if (transfer.IsPush && request.DataAddress is null)
        {
            return Refusal.Malformed("dataAddress", "is missing", "a push format needs the address to push to");
        }

        if (!transfer.IsPush && request.DataAddress is not null)
        {
            return Refusal.Malformed("dataAddress", "is given with a pull format", "leave it out, or ask for a push format");
        }

        return transfer with { DataAddress = request.DataAddress };
    }

    /// <summary>Provider: what is kept of a request that is refused.</summary>
    public RefusedTransfer Refuse(Peer caller, TransferRequestMessage request, Refusal refusal, StoredVerdict verdict) =>
        new(ids.NewId(), caller.ParticipantId, request.ConsumerPid, request.AgreementId, request.Format, refusal.Code, refusal.Message, verdict);

    /// <summary>After a peer's message: checks what it claims, then takes the step that follows, if it is ours to take unasked.</summary>
    /// <param name="begins">The agreement under which it begins, if with this message it does or may.</param>
    public Result<TransferOutcome> React(Transfer received, TransferMessage message, Agreement? begins)
    {
        var now = time.GetUtcNow();
        switch (message)
        {
            case TransferRequestMessage when received.Acceptance != Acceptance.Stepwise:
                return Take(received, TransferMessageKind.Start, null, [], begins);
            case TransferStartMessage:
                return new TransferOutcome(received, new Change { Agreements = Used(begins, now), Effects = DataEffects(received, now), Evidence = [EvidencePayloads.Started(received, now)] });
            case TransferCompletionMessage { Receipt: { } receipt } when received.Role == Role.Provider:
                var fault = Receipt.Check(receipt.Json, received) ?? signatures.VerifyJson(received.Peer, receipt.Json, receipt.Signature);
                return fault is null
                    ? new TransferOutcome(received, new Change { Evidence = [EvidencePayloads.Received(received, receipt, now)] })
                    : new Refusal(RefusalKind.Malformed, "receipt-invalid", $"receipt: {fault}", "receipt", "sign the RFC 8785 form of a receipt for this transfer with a key published for your participant id");
            case TransferTerminationMessage:
                return new TransferOutcome(received, new Change { Evidence = [EvidencePayloads.Terminated(received, now)] });
            default:
                return new TransferOutcome(received, new Change());
        }
    }

    /// <summary>Sends a message of this kind.</summary>
    /// <param name="begins">The agreement under which it begins, if with this message it does.</param>
    public Result<TransferOutcome> Take(Transfer current, TransferMessageKind kind, string? code, ImmutableArray<string> reasons, Agreement? begins = null)
    {
        var issues = kind == TransferMessageKind.Start && current is { Role: Role.Provider, IsPush: false };
        var issued = issues ? Issue(current) : (Transfer: current, Address: null);
        ImmutableArray<string> why = reasons.IsDefaultOrEmpty ? [$"decided by {self.Id}"] : reasons;
        TransferMessage message = kind switch
        {
            TransferMessageKind.Start => new TransferStartMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, issued.Address),
            TransferMessageKind.Suspension => new TransferSuspensionMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, code, why),
            TransferMessageKind.Completion => new TransferCompletionMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, null),
            TransferMessageKind.Termination => new TransferTerminationMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, code, why),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a request opens a transfer; it is no step of one"),
        };
        return Send(issued.Transfer, message, begins);
    }

    /// <summary>Consumer: all bytes are there and checked.</summary>
    public TransferOutcome Received(Transfer current, Manifest manifest)
    {
        var now = time.GetUtcNow();
        var json = Receipt.Write(current, manifest, now);
        var receipt = new SignedReceipt(json, signatures.SignJson(json));
        var sent = Send(current, new TransferCompletionMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, receipt)).Value;
        return sent with { Change = sent.Change with { Evidence = [EvidencePayloads.Received(current, receipt, now)] } };
    }

    /// <summary>Consumer of a push: signs for what was pushed. The receipt goes back as the answer to the push.</summary>
    public (TransferOutcome Outcome, SignedReceipt Receipt) SignFor(Transfer current, Manifest manifest)
    {
        var now = time.GetUtcNow();
        var json = Receipt.Write(current, manifest, now);
        var receipt = new SignedReceipt(json, signatures.SignJson(json));
        return (new TransferOutcome(current with { Receipt = receipt }, new Change { Evidence = [EvidencePayloads.Received(current, receipt, now)] }), receipt);
    }

    /// <summary>Provider of a push: the consumer's receipt came back.</summary>
    public TransferOutcome Pushed(Transfer current, SignedReceipt receipt)
    {
        if (receipt == SignedReceipt.None)
        {
            return Send(current, new TransferCompletionMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, null)).Try(out var done, out _)
                ? done
                : new TransferOutcome(current, new Change());
        }

        var fault = Receipt.Check(receipt.Json, current) ?? signatures.VerifyJson(current.Peer, receipt.Json, receipt.Signature);
        if (fault is not null)
        {
            return Failed(current, "push", new Refusal(RefusalKind.Malformed, "receipt-invalid", $"receipt: {fault}"), byPeer: true);
        }

        var now = time.GetUtcNow();
        var evidence = EvidencePayloads.Received(current, receipt, now);
        return Send(current with { Receipt = receipt }, new TransferCompletionMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, null)).Try(out var sent, out _)
            ? sent with { Change = sent.Change with { Evidence = [evidence] } }
            : new TransferOutcome(current with { Receipt = receipt }, new Change { Evidence = [evidence] });
    }

    /// <summary>What a failure that will not mend leads to: the transfer ends, and the peer is told where it can be.</summary>
    public TransferOutcome Failed(Transfer current, string what, Refusal refusal, bool byPeer)
    {
        var now = time.GetUtcNow();
        var failed = TransferRules.Failed(current, what, refusal, byPeer ? NegotiationRules.Opposite(current.Role) : current.Role, now);
        if (current.IsTerminal)
        {
            return new TransferOutcome(failed, new Change());
        }

        var tell = current.PeerPid is not null && refusal.Kind != RefusalKind.NotFound;
        var message = new TransferTerminationMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, refusal.Code, [refusal.Message]);
        return new TransferOutcome(failed, new Change
        {
            Effects = tell ? [Effect(failed, new SendTransfer(message), now)] : [],
            Evidence = [EvidencePayloads.Terminated(failed, now)],
        });
    }

    /// <summary>The reason code over HTTP of an ended transfer, which is not said to be completed or terminated.</summary>
    public const string EndedCode = "transfer-ended";

    /// <summary>Whether a refusal tells of a state that the peer tells us of in a message too, or that a message of ours ends.</summary>
    public static bool IsAhead(Refusal refusal) => refusal.Code is "transfer-suspended" or "transfer-completed" or EndedCode;

    /// <summary>Why a provider cannot complete a transfer yet. Completed before its data is signed for, it would end without it.</summary>
    public static Refusal UnderWay(Transfer transfer) => transfer.IsPush
        ? new Refusal(RefusalKind.Unavailable, "push-under-way", "the data that is pushed is still being taken in, and not signed for", null, "complete the transfer once the push is answered")
        : new Refusal(RefusalKind.Unavailable, "pull-under-way", "the data that is pulled is still being taken in, and not signed for", null, "let the consumer complete the transfer, or try again");

    /// <summary>Why a transfer that is not STARTED moves no data.</summary>
    public static Refusal NotRunning(Transfer transfer)
    {
        var state = TransferRules.Name(transfer.State);
        var why = transfer.Termination is { } t ? $": {string.Join("; ", t.Reasons.Prepend(t.Code).OfType<string>())}" : "";

        // A push may overtake the start that announces it: its sender is to come again.
        return new Refusal(transfer.State == TransferState.Requested ? RefusalKind.Unavailable : RefusalKind.Ended, $"transfer-{transfer.State.ToString().ToLowerInvariant()}", $"the transfer is {state}{why}", null, transfer.IsTerminal ? "request a new transfer" : "wait until it is started");
    }

    private Result<TransferOutcome> Send(Transfer current, TransferMessage message, Agreement? begins = null)
    {
        var now = time.GetUtcNow();
        if (!TransferRules.Send(current, message, now).Try(out var sent, out var refusal))
        {
            return refusal;
        }

        ImmutableArray<Effect> effects = [Effect(current, sent.Effect, now)];
        return new TransferOutcome(sent.Next, message switch
        {
            TransferStartMessage => new Change { Agreements = Used(begins, now), Effects = [.. effects, .. DataEffects(sent.Next, now)], Evidence = [EvidencePayloads.Started(sent.Next, now)] },
            TransferTerminationMessage => new Change { Effects = effects, Evidence = [EvidencePayloads.Terminated(sent.Next, now)] },
            _ => new Change { Effects = effects },
        });
    }

    private static ImmutableArray<Agreement> Used(Agreement? begins, DateTimeOffset now) => begins is null ? [] : [AgreementRules.Use(begins, now)];

    // Data has a subject of its own, so that a message about the transfer never waits for the bytes.
    private ImmutableArray<Effect> DataEffects(Transfer transfer, DateTimeOffset now) => transfer switch
    {
        { Role: Role.Consumer, IsPush: false, Sink: not null } => [new Effect(ids.NewId(), transfer.Id + "#data", transfer.Peer, new Fetch(transfer.Id), now)],
        { Role: Role.Provider, IsPush: true } => [new Effect(ids.NewId(), transfer.Id + "#data", transfer.Peer, new Push(transfer.Id), now)],
        _ => [],
    };

    private Effect Effect(Transfer transfer, EffectBody body, DateTimeOffset now) => new(ids.NewId(), transfer.Id, transfer.Peer, body, now);

    private string? Own(Binding binding) => binding == Binding.Grpc ? self.GrpcAddress : self.DspAddress;

    /// <summary>Provider: a new access token for a running pull, in exchange for its refresh token, which stays the same.</summary>
    public (Transfer Next, string Token) Refresh(Transfer current)
    {
        var token = ids.NewSecret();
        return (current with { TokenHash = TransferTokens.Hash(token), TokenUntil = time.GetUtcNow() + self.AccessTokenLifetime }, token);
    }

    // Tokens over HTTP may be seen by whatever lies between the two, so that they are short-lived.
    private (Transfer Transfer, DataAddress? Address) Issue(Transfer transfer)
    {
        if (transfer.Binding == Binding.Grpc || self.DataAddress is null)
        {
            var token = ids.NewSecret();
            return (transfer with { TokenHash = TransferTokens.Hash(token) }, Grpc(token));
        }

        var refresh = ids.NewSecret();
        var (next, access) = Refresh(transfer);
        var hasManifest = library.Current.DatasetById(transfer.DatasetId) is not { Source.Http: not null };
        return (
            next with { RefreshHash = TransferTokens.Hash(refresh) },
            HttpAddress.ForPull($"{self.DataAddress.TrimEnd('/')}/{transfer.Id}", access, new RefreshGrant(refresh, self.Id), self.AccessTokenLifetime, hasManifest));
    }

    private DataAddress PushAddress(Transfer transfer, string token) => transfer.Binding == Binding.Grpc
        ? Grpc(token)
        : HttpAddress.ForPush(self.DataAddress is { } own ? $"{own.TrimEnd('/')}/inbox/{transfer.Id}" : null, token);

    private DataAddress Grpc(string token) => new(
        Formats.GrpcEndpointType,
        self.GrpcAddress,
        ImmutableDictionary<string, string>.Empty.Add(DataAddress.Authorization, token).Add("authType", "bearer"));

    private Transfer New(Role role, Agreement agreement, Binding binding, string format, DateTimeOffset now) => new()
    {
        Id = ids.NewId(),
        Role = role,
        Peer = agreement.Peer,
        Binding = binding,
        AgreementId = agreement.Id,
        DatasetId = agreement.DatasetId,
        Format = format,
        State = TransferState.Requested,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };
}

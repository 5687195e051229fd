using System.Collections.Immutable;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Negotiations;

/// <summary>Contract negotiations, both roles: what peers send, and what the operator orders. Load, gather facts, decide, save.</summary>
public sealed class NegotiationService(
    INegotiationStore negotiations,
    CommitService commits,
    NegotiationSteps steps,
    OfferLookup offers,
    IPeerDirectory peers,
    IPeerBindings bindings,
    Participant self,
    IIds ids,
    TimeProvider time)
{
    /// <summary>A peer's message. The answer is our negotiation after it; a message applied before is answered alike and changes nothing.</summary>
    public async ValueTask<Result<Negotiation>> ReceiveAsync(Peer caller, Binding binding, NegotiationMessage message, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            var found = await LoadAsync(caller, message, cancel);
            if (!found.Try(out var current, out var unknown))
            {
                return unknown;
            }

            if (current is not null && current.Seen.Contains(message.Id))
            {
                return current;
            }

            var received = current is null ? Open(caller, binding, message) : Receive(caller, current, message);
            if (!received.Try(out var next, out var refusal))
            {
                return refusal;
            }

            if (!steps.React(caller, next, message).Try(out var outcome, out refusal))
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

    /// <summary>One of our negotiations, as far as the caller is its other party.</summary>
    public async ValueTask<Result<Negotiation>> FindAsync(Peer caller, string pid, CancellationToken cancel) =>
        await negotiations.FindAsync(pid, cancel) is { } found && found.Peer == caller.ParticipantId
            ? found
            : Refusal.NotFound("negotiation", pid);

    /// <summary>Consumer: asks a peer for a contract.</summary>
    public async ValueTask<Result<Negotiation>> StartAsync(StartNegotiation command, CancellationToken cancel)
    {
        if (!(await AddressAsync(command.Peer, command.Binding, cancel)).Try(out var to, out var refusal))
        {
            return refusal;
        }

        if (!(await offers.OfPeerAsync(to.Entry, to.Binding, command, cancel)).Try(out var terms, out refusal))
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var negotiation = New(ids.NewId(), Role.Consumer, to.Entry.ParticipantId, to.Binding, terms, now) with
        {
            State = NegotiationState.Requested,
            Acceptance = command.Acceptance,
            Purposes = command.Purposes,
            CallbackAddress = command.CallbackAddress,
        };
        var message = new ContractRequestMessage(ids.NewId(), negotiation.Id, null, terms, Own(to.Binding), command.Purposes);
        return await CreateAsync(negotiation, message, cancel);
    }

    /// <summary>Provider: opens a negotiation with an offer nobody asked for.</summary>
    public async ValueTask<Result<Negotiation>> OfferAsync(OfferNegotiation command, CancellationToken cancel)
    {
        if (!(await AddressAsync(command.Peer, command.Binding, cancel)).Try(out var to, out var refusal))
        {
            return refusal;
        }

        if (!offers.Own(command.OfferId, command.DatasetId).Try(out var offer, out refusal))
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var negotiation = New(ids.NewId(), Role.Provider, to.Entry.ParticipantId, to.Binding, offer.Terms, now) with
        {
            State = NegotiationState.Offered,
            Acceptance = command.Acceptance,
            Claims = to.Entry.Claims,
            CallbackAddress = command.CallbackAddress,
        };
        var message = new ContractOfferMessage(ids.NewId(), negotiation.Id, null, offer.Terms, Own(to.Binding));
        return await CreateAsync(negotiation, message, cancel);
    }

    /// <summary>Takes the step that is this side's turn: accept, agree, verify or finalize.</summary>
    public ValueTask<Result<Negotiation>> ApproveAsync(string id, CancellationToken cancel) => CommandAsync(id, steps.Approve, cancel);

    /// <summary>Answers with other terms: a counter-offer as provider, a counter-request as consumer.</summary>
    /// <param name="policyJson">The rules as ODRL JSON; null for the terms of our own offer as they are.</param>
    public ValueTask<Result<Negotiation>> CounterAsync(string id, string? policyJson, CancellationToken cancel) =>
        CommandAsync(id, n => steps.Counter(n, policyJson), cancel);

    /// <summary>Ends the negotiation with a reason that the peer is told.</summary>
    public ValueTask<Result<Negotiation>> TerminateAsync(string id, string? code, ImmutableArray<string> reasons, CancellationToken cancel) =>
        CommandAsync(id, n => steps.Terminate(n, code, reasons), cancel);

    /// <summary>An effect was acknowledged by the peer; its pid may have been learnt with it, and what delayed it is over.</summary>
    public async ValueTask SentAsync(Effect effect, Negotiation negotiation, string? peerPid, CancellationToken cancel)
    {
        // The peer's next message may have brought the pid, and with it a newer version, already; then only the effect is left to strike out.
        var done = new Change { Done = [effect.Id] };
        for (Negotiation? now = negotiation; now is not null; now = await negotiations.FindAsync(negotiation.Id, cancel))
        {
            var told = now with { PeerPid = now.PeerPid ?? (peerPid is { Length: > 0 } ? peerPid : null), LastError = null };
            if (told == now)
            {
                break;
            }

            if (await commits.TryAsync(done with { Negotiations = [told with { Version = now.Version + 1 }] }, cancel))
            {
                return;
            }
        }

        await commits.TryAsync(done, cancel);
    }

    /// <summary>A message of ours was finally refused.</summary>
    public async ValueTask SendFailedAsync(Effect effect, NegotiationMessageKind kind, string negotiationId, Refusal refusal, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await negotiations.FindAsync(negotiationId, cancel) is not { } current)
            {
                return;
            }

            if (await SaveAsync(current.Version, steps.SendFailed(current, kind, refusal, effect), cancel) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Shows on the negotiation that a message could not be delivered yet.</summary>
    public async ValueTask DelayedAsync(string negotiationId, string error, CancellationToken cancel)
    {
        if (await negotiations.FindAsync(negotiationId, cancel) is { } current && current.LastError != error)
        {
            await commits.TryAsync(new Change { Negotiations = [current with { LastError = error, Version = current.Version + 1, UpdatedAt = time.GetUtcNow() }] }, cancel);
        }
    }

    private async ValueTask<Result<Negotiation?>> LoadAsync(Peer caller, NegotiationMessage message, CancellationToken cancel)
    {
        var (pid, peerPid, role) = Pids.Of(message);
        if (pid is null)
        {
            return await negotiations.FindByPeerPidAsync(caller.ParticipantId, role!.Value, peerPid, cancel);
        }

        var found = await negotiations.FindAsync(pid.Value.Own(role), cancel) ?? (role is null ? await negotiations.FindAsync(pid.Value.Other(role), cancel) : null);
        return found is not null && found.Peer == caller.ParticipantId && (found.PeerPid ?? pid.Value.Other(found.Role)) == pid.Value.Other(found.Role)
            ? found
            : Refusal.NotFound("negotiation", pid.Value.Own(role));
    }

    private Result<Negotiation> Receive(Peer caller, Negotiation current, NegotiationMessage message)
    {
        var (pid, _, _) = Pids.Of(message);
        if (pid is null)
        {
            return new Refusal(RefusalKind.InvalidTransition, "already-open", "a negotiation with this pid is open already", null, "use a new pid for a new negotiation");
        }

        return NegotiationRules.Receive(current, message, time.GetUtcNow()).Try(out var next, out var refusal)
            ? next with { PeerPid = current.PeerPid ?? pid.Value.Other(current.Role), Claims = Claims(caller) }
            : refusal;
    }

    private Result<Negotiation> Open(Peer caller, Binding binding, NegotiationMessage message)
    {
        var now = time.GetUtcNow();
        switch (message)
        {
            case ContractRequestMessage request:
                if (!offers.ForPeer(caller, request.Offer).Try(out var offer, out var refusal))
                {
                    return refusal;
                }

                return New(ids.NewId(), Role.Provider, caller.ParticipantId, binding, request.Offer, now) with
                {
                    PeerPid = request.ConsumerPid,
                    State = NegotiationState.Requested,
                    Acceptance = offer.Offer.Accept,
                    Purposes = request.Purposes,
                    Claims = Claims(caller),
                    CallbackAddress = binding == Binding.Grpc ? null : request.CallbackAddress,
                    Seen = [message.Id],
                };
            case ContractOfferMessage unasked:
                return New(ids.NewId(), Role.Consumer, caller.ParticipantId, binding, unasked.Offer, now) with
                {
                    PeerPid = unasked.ProviderPid,
                    State = NegotiationState.Offered,
                    Acceptance = Acceptance.Manual,
                    Claims = Claims(caller),
                    CallbackAddress = binding == Binding.Grpc ? null : unasked.CallbackAddress,
                    Seen = [message.Id],
                };
            default:
                throw new InvalidOperationException($"{message.Kind} cannot open a negotiation");
        }
    }

    private async ValueTask<Result<Negotiation>> CommandAsync(string id, Func<Negotiation, Result<NegotiationOutcome>> decide, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CommitService.Attempts; attempt++)
        {
            if (await negotiations.FindAsync(id, cancel) is not { } current)
            {
                return Refusal.NotFound("negotiation", id);
            }

            if (!decide(current).Try(out var outcome, out var refusal))
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

    /// <summary>Saves a step; null when another change came first.</summary>
    private async ValueTask<Negotiation?> SaveAsync(long version, NegotiationOutcome outcome, CancellationToken cancel)
    {
        var next = outcome.Negotiation with { Version = version + 1 };
        return await commits.TryAsync(outcome.Change with { Negotiations = [next] }, cancel) ? next : null;
    }

    private async ValueTask<Result<Negotiation>> CreateAsync(Negotiation negotiation, NegotiationMessage message, CancellationToken cancel)
    {
        var effect = new Effect(ids.NewId(), negotiation.Id, negotiation.Peer, new SendNegotiation(message), negotiation.CreatedAt);
        return await commits.TryAsync(new Change { Negotiations = [negotiation], Effects = [effect] }, cancel) ? negotiation : CommitService.Overtaken;
    }

    private async ValueTask<Result<(PeerEntry Entry, Binding Binding)>> AddressAsync(string peer, Binding? binding, CancellationToken cancel)
    {
        if (peers.Find(peer) is not { } entry)
        {
            return new Refusal(RefusalKind.NotFound, "peer-unknown", $"no peer is known as '{peer}'", "peer", "apply its Peer document first");
        }

        return (await bindings.ChooseAsync(entry, binding, cancel)).Try(out var chosen, out var refusal) ? (entry, chosen) : refusal;
    }

    private string? Own(Binding binding) => binding == Binding.Grpc ? self.GrpcAddress : self.DspAddress;

    private static Negotiation New(string id, Role role, string peer, Binding binding, Terms terms, DateTimeOffset now) => new()
    {
        Id = id,
        Role = role,
        Peer = peer,
        Binding = binding,
        State = default,
        Version = 1,
        Terms = terms,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static ImmutableDictionary<string, Policies.Claim> Claims(Peer caller) =>
        caller.Claims as ImmutableDictionary<string, Policies.Claim> ?? caller.Claims.ToImmutableDictionary();
}

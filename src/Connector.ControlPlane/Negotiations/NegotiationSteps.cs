using System.Collections.Immutable;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Negotiations;

/// <summary>
/// This side's own steps: gathers the facts (policy verdict, comparison of terms, signatures), asks the rules, and gives all that the step
/// writes. Saves nothing itself.
/// </summary>
public sealed class NegotiationSteps(OfferLookup offers, AgreementDrafts drafts, RoundLimit limit, Participant self, IIds ids, TimeProvider time)
{
    /// <summary>After a peer's message: checks what it claims, then takes the step that follows, if it is ours to take unasked.</summary>
    public Result<NegotiationOutcome> React(Peer caller, Negotiation received, NegotiationMessage message)
    {
        var check = message switch
        {
            ContractAgreementMessage m => drafts.Accept(received, m),
            ContractAgreementVerificationMessage m => drafts.Accept(received, m),
            _ => received,
        };
        if (!check.Try(out var next, out var refusal))
        {
            return refusal;
        }

        var judged = Judge(caller, next);
        next = judged.Explanation is { } verdict ? next with { Explanation = verdict, ExplainedAt = time.GetUtcNow() } : next;
        var change = message is ContractNegotiationEventMessage { Finalized: true } ? Concluded(next) : new Change();
        return Take(ReactionRules.Next(next, judged.Facts, limit), next, judged.Refusal, change);
    }

    /// <summary>The step that an operator's approval means now.</summary>
    public Result<NegotiationOutcome> Approve(Negotiation current)
    {
        var reaction = ReactionRules.Approve(current.Role, current.State);
        if (reaction == Reaction.Wait)
        {
            return new Refusal(RefusalKind.InvalidTransition, "not-our-turn",
                $"a {NegotiationRules.Name(current.State)} negotiation in which we are the {current.Role.ToString().ToLowerInvariant()} has nothing to approve", null, "wait for the other side, or terminate");
        }

        if (reaction == Reaction.Agree)
        {
            var peer = new Peer(current.Peer, current.Claims, "the peer's last message", time.GetUtcNow());
            var judged = Judge(peer, current);
            if (judged is { Facts.Permitted: false, Refusal: { } denied })
            {
                return denied with { Mend = "the policy does not permit this contract; counter with other terms, or refuse" };
            }
        }

        return Take(reaction, current, null, new Change());
    }

    /// <summary>Other terms: a counter-offer (provider) or counter-request (consumer).</summary>
    public Result<NegotiationOutcome> Counter(Negotiation current, string? policyJson)
    {
        var terms = current.Terms;
        if (policyJson is not null)
        {
            terms = terms with { Policy = policyJson };
        }
        else if (current.Role == Role.Provider)
        {
            if (!offers.Own(current.Terms.OfferId, current.Terms.DatasetId).Try(out var own, out var refusal))
            {
                return refusal;
            }

            terms = own.Terms;
        }

        return Send(current, CounterMessage(current, terms), new Change());
    }

    public Result<NegotiationOutcome> Terminate(Negotiation current, string? code, ImmutableArray<string> reasons) =>
        Send(current, TerminationMessage(current, code, reasons), new Change());

    /// <summary>What a finally refused message leads to.</summary>
    public NegotiationOutcome SendFailed(Negotiation current, NegotiationMessageKind kind, Refusal refusal, Effect effect)
    {
        var now = time.GetUtcNow();
        var failed = NegotiationRules.SendFailed(current, kind, refusal, now);

        // The peer may stand in an earlier state; a termination lets it end too. It is no answer to a refused termination, nor to a peer that knows of no such negotiation.
        var tell = !current.IsTerminal && current.PeerPid is not null && refusal.Kind != RefusalKind.NotFound;
        var change = new Change { Done = [effect.Id] };
        return new NegotiationOutcome(failed, !tell ? change : change with
        {
            Effects = [new Effect(ids.NewId(), failed.Id, failed.Peer, new SendNegotiation(TerminationMessage(failed, refusal.Code, [refusal.Message])), now)],
        });
    }

    private Judgement Judge(Peer caller, Negotiation negotiation) =>
        negotiation is { Role: Role.Provider, State: NegotiationState.Requested or NegotiationState.Accepted } ? offers.Judge(caller, negotiation) : default;

    private Result<NegotiationOutcome> Take(Reaction reaction, Negotiation current, Refusal? denied, Change change)
    {
        switch (reaction)
        {
            case Reaction.Wait:
                return new NegotiationOutcome(current, change);
            case Reaction.Accept:
                return Send(current, new ContractNegotiationEventMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, Finalized: false), change);
            case Reaction.Agree:
                if (!drafts.Draw(current).Try(out var agreed, out var refusal))
                {
                    return refusal;
                }

                return Send(current with { Agreement = agreed }, new ContractAgreementMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, agreed.Json, agreed.ProviderSignature), change);
            case Reaction.Verify:
                if (!drafts.Countersign(current).Try(out var signed, out refusal))
                {
                    return refusal;
                }

                return Send(current with { Agreement = signed }, new ContractAgreementVerificationMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, signed.ConsumerSignature), change);
            case Reaction.Finalize:
                return Send(current, new ContractNegotiationEventMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, Finalized: true), Concluded(current));
            case Reaction.Counter:
                return Counter(current, null);
            default:
                return Terminate(current, denied?.Code ?? "terms-not-acceptable", [denied?.Message ?? "the terms asked for differ from those offered, and no more counter-offers are made"]);
        }
    }

    private Result<NegotiationOutcome> Send(Negotiation current, NegotiationMessage message, Change change)
    {
        var now = time.GetUtcNow();
        if (!NegotiationRules.Send(current, message, now).Try(out var sent, out var refusal))
        {
            return refusal;
        }

        var effect = new Effect(ids.NewId(), current.Id, current.Peer, sent.Effect, now);
        return new NegotiationOutcome(sent.Next, change with { Effects = [.. change.Effects, effect] });
    }

    private Change Concluded(Negotiation negotiation)
    {
        var agreement = drafts.Conclude(negotiation);
        return new Change { Agreements = [agreement], Evidence = [EvidencePayloads.Concluded(agreement, time.GetUtcNow())] };
    }

    private NegotiationMessage CounterMessage(Negotiation current, Terms terms) => current.Role == Role.Provider
        ? new ContractOfferMessage(ids.NewId(), current.ProviderPid, current.ConsumerPid, terms, null)
        : new ContractRequestMessage(ids.NewId(), current.ConsumerPid, current.ProviderPid, terms, null, current.Purposes);

    private ContractNegotiationTerminationMessage TerminationMessage(Negotiation current, string? code, ImmutableArray<string> reasons) =>
        new(ids.NewId(), current.ProviderPid, current.ConsumerPid, code, reasons.IsDefaultOrEmpty ? [$"terminated by {self.Id}"] : reasons);
}

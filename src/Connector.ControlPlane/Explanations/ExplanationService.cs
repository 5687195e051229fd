using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Explanations;

/// <summary>Explains what was decided, and what would be, with every rule and condition. Changes nothing, and nothing of it is sent to peers.</summary>
public sealed class ExplanationService(
    INegotiationStore negotiations,
    ITransferStore transfers,
    IRefusedTransferStore refused,
    IAgreementStore agreements,
    AgreementGate gate,
    Library library,
    PolicyBook policies,
    IPeerDirectory peers,
    TimeProvider time)
{
    private static readonly CompiledPolicy s_everybody = CompiledPolicy.Compile(Policy.Free);

    /// <summary>What was refused, by the verdict of then: a negotiation, a transfer that was asked for or stopped. An agreement, or a transfer that may run, by the verdict of now.</summary>
    /// <param name="id">Of any of these; of a transfer that was asked for also the consumer's pid.</param>
    /// <param name="at">For an agreement: the point that is asked; null for the start of a transfer.</param>
    public async ValueTask<Result<Explanation>> OfAsync(string id, EnforcementPoint? at, CancellationToken cancel)
    {
        if (await negotiations.FindAsync(id, cancel) is { } negotiation)
        {
            return Of(negotiation);
        }

        var transfer = await transfers.FindAsync(id, cancel);
        if (transfer is { State: TransferState.Terminated })
        {
            return Of(transfer);
        }

        if (transfer is null && await refused.FindAsync(id, cancel) is { } request)
        {
            return Then($"transfer {request.ConsumerPid} that {request.Peer} asked for under agreement {request.AgreementId}", request.Verdict);
        }

        if (await agreements.FindAsync(transfer?.AgreementId ?? id, cancel) is not { } agreement)
        {
            return new Refusal(RefusalKind.NotFound, "not-found", $"there is no negotiation, transfer, refused transfer or agreement '{id}'", "id", "list them with get");
        }

        return gate.Judge(agreement, at ?? EnforcementPoint.Transfer, transfer?.Format) is { Verdict: { } verdict } now
            ? new Explanation($"agreement {agreement.Id} with {agreement.Peer}", now.Point, Stored: false, now.At, PolicyBook.Explain(verdict))
            : AgreementRules.Unreadable($"those of '{agreement.Id}'");
    }

    private static Result<Explanation> Of(Negotiation negotiation) => negotiation.Explanation is { } verdict
        ? Then($"negotiation {negotiation.Id} on offer {negotiation.Terms.OfferId} with {negotiation.Peer}", new StoredVerdict(EnforcementPoint.Negotiation, negotiation.ExplainedAt ?? negotiation.UpdatedAt, verdict))
        : Undecided($"no policy was asked in negotiation '{negotiation.Id}': its provider asks, and here we are the {negotiation.Role.ToString().ToLowerInvariant()}");

    private static Result<Explanation> Of(Transfer transfer) => transfer.Verdict is { } verdict
        ? Then($"transfer {transfer.Id} with {transfer.Peer}", verdict)
        : Undecided($"no policy was asked here when transfer '{transfer.Id}' ended: {Ended(transfer)}");

    private static string Ended(Transfer transfer) => transfer.Termination is { } end
        ? $"the {end.By.ToString().ToLowerInvariant()} ended it ({string.Join("; ", end.Reasons.Prepend(end.Code).OfType<string>())})"
        : transfer.LastError ?? "it was ended";

    private static Explanation Then(string subject, StoredVerdict verdict) => new(subject, verdict.Point, Stored: true, verdict.At, verdict.Json);

    private static Refusal Undecided(string message) => new(RefusalKind.NotFound, "nothing-decided", message, "id", "ask the provider, naming this id; or explain the agreement");

    /// <summary>What would be decided of one of our offers, for somebody and at some moment.</summary>
    public Result<Explanation> WhatIf(WhatIfAsked asked)
    {
        if (library.Current.FindOffer(asked.Offer, asked.DatasetId) is not { } offer)
        {
            return new Refusal(RefusalKind.NotFound, "offer-unknown", $"there is no offer '{asked.Offer}'{(asked.DatasetId is null ? "" : $" on dataset '{asked.DatasetId}'")}", "offer", "name one of 'get offers'; where it is on several datasets, name the dataset's id too");
        }

        var entry = peers.Find(asked.Participant);
        var at = asked.At ?? time.GetUtcNow();
        var party = new Peer(entry?.ParticipantId ?? asked.Participant, asked.Claims ?? entry?.Claims ?? ImmutableDictionary<string, Claim>.Empty, "asked by the operator", at);
        var facts = policies.Facts(party, asked.Purposes, asked.Point is EnforcementPoint.Catalog ? null : at) with
        {
            Now = at,
            Action = asked.Point == EnforcementPoint.Catalog ? Actions.Access : "use",
            LastUsedAt = DateTimeOffset.MinValue,
            Fulfilled = asked.Fulfilled,
            Observed = UseFacts.Of(0, party, offer.Dataset, null),
        };
        var policy = asked.Point == EnforcementPoint.Catalog ? offer.VisibleTo : offer.TermsPolicy.Compiled;
        var verdict = (policy ?? s_everybody).Evaluate(asked.Point, facts);
        var which = asked.Point != EnforcementPoint.Catalog ? $"terms '{offer.Offer.Terms}'" : offer.Offer.VisibleTo is { } name ? $"visibleTo '{name}'" : "no visibleTo: every authenticated peer may know of it";
        return new Explanation($"offer {offer.Offer.Name} on {offer.Dataset.Id} for {party.ParticipantId} ({which})", asked.Point, Stored: false, at, PolicyBook.Explain(verdict));
    }
}

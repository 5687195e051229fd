using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Explanations;

/// <summary>Explains what was decided, and what would be, with every rule and condition. Changes nothing, and nothing of it is sent to peers.</summary>
public sealed class ExplanationService(
    INegotiationStore negotiations,
    ITransferStore transfers,
    IAgreementStore agreements,
    AgreementGate gate,
    Library library,
    PolicyBook policies,
    IPeerDirectory peers,
    TimeProvider time)
{
    private static readonly CompiledPolicy s_everybody = CompiledPolicy.Compile(Policy.Free);

    /// <summary>A negotiation by the verdict of then; an agreement, or a transfer's, by the verdict of now.</summary>
    /// <param name="at">For an agreement: the point that is asked; null for the start of a transfer.</param>
    public async ValueTask<Result<Explanation>> OfAsync(string id, EnforcementPoint? at, CancellationToken cancel)
    {
        if (await negotiations.FindAsync(id, cancel) is { } negotiation)
        {
            return negotiation.Explanation is { } verdict
                ? new Explanation($"negotiation {id} on offer {negotiation.Terms.OfferId} with {negotiation.Peer}", EnforcementPoint.Negotiation, Stored: true, negotiation.UpdatedAt, verdict)
                : new Refusal(RefusalKind.NotFound, "nothing-decided", $"no policy was asked in negotiation '{id}': its provider asks, and here we are the {negotiation.Role.ToString().ToLowerInvariant()}", "id", "ask the provider");
        }

        var transfer = await transfers.FindAsync(id, cancel);
        if (await agreements.FindAsync(transfer?.AgreementId ?? id, cancel) is not { } agreement)
        {
            return new Refusal(RefusalKind.NotFound, "not-found", $"there is no negotiation, transfer or agreement '{id}'", "id", "list them with get");
        }

        var point = at ?? EnforcementPoint.Transfer;
        return gate.Explain(agreement, point, transfer?.Format) is { } now
            ? new Explanation($"agreement {agreement.Id} with {agreement.Peer}", point, Stored: false, time.GetUtcNow(), PolicyBook.Explain(now))
            : new Refusal(RefusalKind.Internal, "agreement-unreadable", $"the rules of agreement '{agreement.Id}' can no longer be read", "id", "apply the Vocabulary document that they were read by");
    }

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
            Observed = UseFacts.Of(0, party, offer.Dataset, null),
        };
        var policy = asked.Point == EnforcementPoint.Catalog ? offer.VisibleTo : offer.TermsPolicy.Compiled;
        var verdict = (policy ?? s_everybody).Evaluate(asked.Point, facts);
        var which = asked.Point != EnforcementPoint.Catalog ? $"terms '{offer.Offer.Terms}'" : offer.Offer.VisibleTo is { } name ? $"visibleTo '{name}'" : "no visibleTo: every authenticated peer may know of it";
        return new Explanation($"offer {offer.Offer.Name} on {offer.Dataset.Id} for {party.ParticipantId} ({which})", asked.Point, Stored: false, at, PolicyBook.Explain(verdict));
    }
}

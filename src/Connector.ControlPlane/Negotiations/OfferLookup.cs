using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Negotiations;

/// <summary>Finds the offer that terms are about, ours or a peer's, and judges terms by it.</summary>
public sealed class OfferLookup(Library library, PolicyBook policies, CatalogService catalogs, TimeProvider time)
{
    /// <summary>One of our offers on one of its datasets.</summary>
    public Result<OfferedDataset> Own(string offerId, string? datasetId) => library.Current.FindOffer(offerId, datasetId) is { } found
        ? found
        : Hidden(offerId);

    /// <summary>One of our offers, as far as this peer may know of it. What it may not see does not exist for it.</summary>
    public Result<OfferedDataset> ForPeer(Peer caller, Terms terms)
    {
        if (!Own(terms.OfferId, terms.DatasetId).Try(out var offer, out var refusal))
        {
            return refusal;
        }

        if (!policies.TryGet(terms.Policy, out _, out var fault))
        {
            return Refusal.Malformed("offer", fault, "send the offer's rules as ODRL JSON");
        }

        var visible = offer.VisibleTo?.Permits(EnforcementPoint.Catalog, policies.Facts(caller, [], null) with { Action = Actions.Access }) ?? true;
        return visible ? offer : Hidden(terms.OfferId);
    }

    /// <summary>How the terms on the table stand to our offer and to the policy, for this peer and now.</summary>
    public Judgement Judge(Peer caller, Negotiation negotiation)
    {
        var purposes = policies.Purposes(negotiation);
        if (library.Current.FindOffer(negotiation.Terms.OfferId, negotiation.Terms.DatasetId) is not { } offer)
        {
            return new Judgement(default, Hidden(negotiation.Terms.OfferId), null);
        }

        if (!policies.TryGet(negotiation.Terms.Policy, out var asked, out var fault))
        {
            return new Judgement(new TermsFacts(true, false, false), Refusal.Malformed("offer", fault, "send the offer's rules as ODRL JSON"), null);
        }

        var facts = policies.Facts(caller, purposes, time.GetUtcNow());
        var within = negotiation.Terms.Policy == offer.Terms.Policy || PolicyComparison.IsWithin(asked.Policy, offer.TermsPolicy.Policy);
        var verdict = offer.TermsPolicy.Compiled.Evaluate(EnforcementPoint.Negotiation, facts);
        if (verdict.Permitted && within && asked.Policy != offer.TermsPolicy.Policy)
        {
            verdict = asked.Compiled.Evaluate(EnforcementPoint.Negotiation, facts);
        }

        return new Judgement(new TermsFacts(true, within, verdict.Permitted), PolicyBook.Denied(verdict), PolicyBook.Explain(verdict));
    }

    /// <summary>The terms to ask a peer for: those of its catalog, unless the command names them all.</summary>
    public async ValueTask<Result<Terms>> OfPeerAsync(PeerEntry peer, Binding binding, StartNegotiation command, CancellationToken cancel)
    {
        if (command.PolicyJson is { } asked && !policies.TryGet(asked, out _, out var fault))
        {
            return Refusal.Malformed("terms", fault, "give the terms as a policy file or as ODRL JSON");
        }

        if (command is { DatasetId: { } dataset, PolicyJson: { } policy })
        {
            return new Terms(command.OfferId, dataset, policy);
        }

        if (!(await catalogs.FindOfferAsync(peer, binding, command.OfferId, command.DatasetId, cancel)).Try(out var found, out var refusal))
        {
            return refusal;
        }

        return command.PolicyJson is null ? found : found with { Policy = command.PolicyJson };
    }

    private static Refusal Hidden(string offerId) =>
        new(RefusalKind.NotFound, "offer-unknown", $"there is no offer '{offerId}' that you may see", "offer", "take the offer's @id and its dataset's from the catalog");
}

/// <summary>How terms stand to our offer and to the policy.</summary>
/// <param name="Refusal">What to tell the peer when they do not do; null when they do.</param>
/// <param name="Explanation">The verdict for our own eyes, as JSON.</param>
public readonly record struct Judgement(TermsFacts Facts, Refusal? Refusal, string? Explanation);

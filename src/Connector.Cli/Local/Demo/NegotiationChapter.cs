using System.Diagnostics;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Cli.Local.Demo;

/// <summary>The negotiation of the story: a wish, a counter-offer, an approval, signatures.</summary>
internal sealed class NegotiationChapter(Narrator narrator, string binding)
{
    /// <summary>The negotiation once it is finalized, and how long that took.</summary>
    public async Task<(Negotiation Agreed, double Milliseconds)> TellAsync(Company battery, CatalogOffer offer, string wish, string purpose, CancellationToken cancel)
    {
        narrator.Chapter("Negotiation");
        var since = Stopwatch.GetTimestamp();
        var request = new StartNegotiationRequest { Peer = Cast.CathodeSupplier.Id, Offer = offer.Id, Terms = wish, Acceptance = "manual", Binding = binding };
        request.Purposes.Add(purpose);
        var negotiation = await battery.Negotiations.StartAsync(request, cancellationToken: cancel);
        narrator.Tell(battery.Cast.Word, $"asks for {purpose}, on terms of its own: any use by members, nothing to delete");
        negotiation = await FollowAsync(battery, negotiation, cancel);
        if (negotiation.State != "FINALIZED")
        {
            var why = negotiation.Termination is { } end ? $"{end.Code}: {string.Join("; ", end.Reasons)}" : negotiation.LastError;
            throw new Failure($"the negotiation ended {negotiation.State}: {why}");
        }

        var elapsed = Stopwatch.GetElapsedTime(since);
        narrator.Tell(battery.Cast.Word, FormattableString.Invariant($"finalized after {elapsed.TotalMilliseconds:0} ms: agreement {negotiation.AgreementId}"));
        return (negotiation, elapsed.TotalMilliseconds);
    }

    private async Task<Negotiation> FollowAsync(Company battery, Negotiation negotiation, CancellationToken cancel)
    {
        using var watch = battery.Negotiations.Watch(new NegotiationId { Id = negotiation.Id }, cancellationToken: cancel);
        var seen = negotiation.State;
        await foreach (var now in watch.ResponseStream.ReadAllAsync(cancel))
        {
            if (now.State == seen)
            {
                continue;
            }

            (seen, negotiation) = (now.State, now);
            await TellAsync(battery, now, cancel);
        }

        return negotiation;
    }

    private async Task TellAsync(Company battery, Negotiation now, CancellationToken cancel)
    {
        switch (now.State)
        {
            case "OFFERED":
                narrator.Tell(Cast.Supplier, "counters with its own terms: this purpose alone, until a day, to be deleted afterwards");
                await battery.Negotiations.ApproveAsync(new NegotiationId { Id = now.Id }, cancellationToken: cancel);
                narrator.Tell(battery.Cast.Word, "approves the counter-offer");
                break;
            case "AGREED":
                narrator.Tell(Cast.Supplier, "draws up the agreement and signs it");
                break;
            case "VERIFIED":
                narrator.Tell(battery.Cast.Word, "verifies the supplier's signature and signs too");
                break;
        }
    }
}

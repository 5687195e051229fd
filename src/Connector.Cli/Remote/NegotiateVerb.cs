using System.CommandLine;
using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary><c>connector negotiate</c> (as a consumer) and <c>connector offer</c> (as a provider, unasked).</summary>
internal static class NegotiateVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "negotiate",
            "Ask a peer for a contract about one of its offers",
            "connector negotiate acme nmc811-footprint-direct --purpose pcf-calculation --wait",
            "connector negotiate acme nmc811-footprint-direct --terms my-terms.yaml --wait",
            "connector negotiate acme nmc811-footprint-direct --accept-counter --wait -o json");
        var peer = verb.With(Words.Peer());
        var offer = verb.With(new Argument<string>("offer") { Description = "The offer's id, as 'connector catalog PEER' shows it, or its last part" });
        var dataset = verb.With(new Option<string?>("--dataset") { Description = "The dataset's id, where an offer covers several", HelpName = "ID" });
        var purposes = verb.With(new Option<string[]>("--purpose") { Description = "What the data will be used for; may be given again", HelpName = "PURPOSE" });
        var terms = verb.With(Words.Terms());
        var acceptCounter = verb.With(new Option<bool>("--accept-counter") { Description = "Accept a counter-offer without asking back, as far as our policy permits" });
        var binding = verb.With(Words.Binding());
        var wait = verb.With(Words.Wait());
        remote.Does(verb, async call =>
        {
            var request = new StartNegotiationRequest
            {
                Peer = call.Parsed.GetRequiredValue(peer),
                Offer = call.Parsed.GetRequiredValue(offer),
                Dataset = call.Parsed.GetValue(dataset) ?? "",
                Terms = Words.TermsText(call.Parsed.GetValue(terms)),
                Acceptance = call.Parsed.GetValue(acceptCounter) ? "auto" : "manual",
                Binding = call.Parsed.GetValue(binding) ?? "",
            };
            request.Purposes.Add(call.Parsed.GetValue(purposes) ?? []);
            var started = await new NegotiationService.NegotiationServiceClient(call.Connection.Calls).StartAsync(request, cancellationToken: call.Cancel);
            return await NegotiationWatch.ShowAsync(call, started, call.Parsed.GetValue(wait));
        });
        return verb;
    }

    public static Command BuildOffer(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "offer",
            "Make a peer an offer that it did not ask for",
            "connector offer acme nmc811-footprint-direct --wait");
        var peer = verb.With(Words.Peer());
        var offer = verb.With(new Argument<string>("offer") { Description = "One of our offers, by name or id" });
        var dataset = verb.With(new Option<string?>("--dataset") { Description = "The dataset's name or id, where the offer covers several", HelpName = "ID" });
        var binding = verb.With(Words.Binding());
        var wait = verb.With(Words.Wait());
        remote.Does(verb, async call =>
        {
            var request = new OfferNegotiationRequest
            {
                Peer = call.Parsed.GetRequiredValue(peer),
                Offer = call.Parsed.GetRequiredValue(offer),
                Dataset = call.Parsed.GetValue(dataset) ?? "",
                Binding = call.Parsed.GetValue(binding) ?? "",
            };
            var started = await new NegotiationService.NegotiationServiceClient(call.Connection.Calls).OfferAsync(request, cancellationToken: call.Cancel);
            return await NegotiationWatch.ShowAsync(call, started, call.Parsed.GetValue(wait));
        });
        return verb;
    }
}

using System.CommandLine;
using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary>The operator's decisions on a negotiation: <c>approve</c>, <c>counter</c>, <c>refuse</c>.</summary>
internal static class DecisionVerbs
{
    public static Command BuildApprove(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named("approve", "Accept what is on the table of a negotiation", "connector approve urn:uuid:… --wait");
        var id = verb.With(Id());
        var wait = verb.With(Words.Wait());
        remote.Does(verb, async call =>
        {
            var request = new NegotiationId { Id = call.Parsed.GetRequiredValue(id) };
            var negotiation = await Client(call).ApproveAsync(request, cancellationToken: call.Cancel);
            return await NegotiationWatch.ShowAsync(call, negotiation, call.Parsed.GetValue(wait));
        });
        return verb;
    }

    public static Command BuildCounter(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "counter",
            "Answer a negotiation with other terms",
            "connector counter urn:uuid:… --terms my-terms.yaml",
            "connector counter urn:uuid:… --wait");
        var id = verb.With(Id());
        var terms = verb.With(new Option<string?>("--terms") { Description = "A policy (YAML file or ODRL JSON) with the terms to offer; our own offer's when not given", HelpName = "FILE" });
        var wait = verb.With(Words.Wait());
        remote.Does(verb, async call =>
        {
            var request = new CounterRequest { Id = call.Parsed.GetRequiredValue(id), Terms = Words.TermsText(call.Parsed.GetValue(terms)) };
            var negotiation = await Client(call).CounterAsync(request, cancellationToken: call.Cancel);
            return await NegotiationWatch.ShowAsync(call, negotiation, call.Parsed.GetValue(wait));
        });
        return verb;
    }

    public static Command BuildRefuse(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named("refuse", "Refuse a negotiation, with a reason that the peer is told", "connector refuse urn:uuid:… --reason \"no longer produced\"");
        var id = verb.With(Id());
        var reasons = verb.With(EndVerb.Reasons());
        remote.Does(verb, async call =>
        {
            var request = new TerminateRequest { Id = call.Parsed.GetRequiredValue(id), Code = "refused" };
            request.Reasons.Add(call.Parsed.GetValue(reasons) ?? []);
            var negotiation = await Client(call).TerminateAsync(request, cancellationToken: call.Cancel);
            call.Screen.Show(MessageJson.Of(negotiation), console => console.Profile.Out.Writer.WriteLine($"{negotiation.Id}: {negotiation.State}"));
            return ExitCode.Done;
        });
        return verb;
    }

    private static Argument<string> Id() => new("id") { Description = "The negotiation's id, as 'connector get negotiations' shows it" };

    private static NegotiationService.NegotiationServiceClient Client(Call call) => new(call.Connection.Calls);
}

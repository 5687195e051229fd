using System.CommandLine;
using Connector.Management.V1;
using Google.Protobuf.WellKnownTypes;

namespace Connector.Cli.Remote;

/// <summary><c>connector fulfil</c>: records that a duty of an agreement is fulfilled.</summary>
internal static class FulfilVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "fulfil",
            "Record that a duty of an agreement is fulfilled, as evidence that is not taken back; the provider's record lets data flow that waits for it, a consumer's is its own proof",
            "connector fulfil urn:uuid:… obtainConsent --note \"signed form 2027-114\"",
            "connector fulfil urn:uuid:… 'permit[0].then[1]' --at 2027-03-01T09:00:00+09:00",
            "connector get agreements urn:uuid:…");
        var agreement = verb.With(new Argument<string>("agreement") { Description = "The agreement's id, as 'connector get agreements' shows it" });
        var duty = verb.With(new Argument<string>("duty") { HelpName = "duty", Description = "The duty, as 'connector get agreements ID' shows it: its action, or its place where several have the same" });
        duty.CompletionSources.Add("obtainConsent", "compensate", "reviewPolicy", "delete", "inform");
        var at = verb.With(new Option<string?>("--at") { Description = "When it was done, with offset; else now", HelpName = "INSTANT" });
        var note = verb.With(new Option<string?>("--note") { Description = "How that is known, for whoever reads the evidence", HelpName = "TEXT" });
        remote.Does(verb, async call =>
        {
            var request = new FulfilDutyRequest
            {
                AgreementId = call.Parsed.GetRequiredValue(agreement),
                Duty = call.Parsed.GetRequiredValue(duty),
                At = call.Parsed.GetValue(at) is { } when ? Instants.Read(when).ToTimestamp() : null,
                Note = call.Parsed.GetValue(note) ?? "",
            };
            var fulfilled = await new AgreementService.AgreementServiceClient(call.Connection.Calls).FulfilAsync(request, cancellationToken: call.Cancel);
            call.Screen.Show(MessageJson.Of(fulfilled), console =>
            {
                console.Profile.Out.Writer.WriteLine($"{fulfilled.Id}: recorded");
                DutyRows.Write(console, fulfilled);
            });
            return ExitCode.Done;
        });
        return verb;
    }
}

using System.CommandLine;
using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary><c>connector transfers suspend</c> and <c>resume</c>: stops a transfer for a while, and has it go on.</summary>
internal static class StepVerbs
{
    public static Command BuildSuspend(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named("suspend", "Stop a running transfer for a while; what has arrived is kept", "connector transfers suspend urn:uuid:… --reason \"line maintenance\"");
        var id = verb.With(Id());
        var reasons = verb.With(EndVerb.Reasons());
        remote.Does(verb, call => StepAsync(call, new StepRequest { Id = call.Parsed.GetRequiredValue(id), Step = "suspend", Reasons = { call.Parsed.GetValue(reasons) ?? [] } }));
        return verb;
    }

    public static Command BuildResume(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named("resume", "Have a suspended transfer go on from where it was", "connector transfers resume urn:uuid:…");
        var id = verb.With(Id());
        remote.Does(verb, call => StepAsync(call, new StepRequest { Id = call.Parsed.GetRequiredValue(id), Step = "start" }));
        return verb;
    }

    private static Argument<string> Id() => new("id") { Description = "The transfer's id, as 'connector get transfers' shows it" };

    private static async Task<int> StepAsync(Call call, StepRequest step)
    {
        var transfer = await new TransferService.TransferServiceClient(call.Connection.Calls).StepAsync(step, cancellationToken: call.Cancel);
        call.Screen.Show(MessageJson.Of(transfer), console => console.Profile.Out.Writer.WriteLine($"{transfer.Id}: {transfer.State}"));
        return ExitCode.Done;
    }
}

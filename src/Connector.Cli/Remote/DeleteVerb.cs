using System.CommandLine;
using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary><c>connector delete</c>: takes an applied document away.</summary>
internal static class DeleteVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "delete",
            "Take an applied document away; agreements that were made stay in force",
            "connector delete offer nmc811-footprint-direct",
            "connector delete peer acme");
        var kind = verb.With(new Argument<string>("kind") { HelpName = "kind", Description = "peer, policy, dataset, offer or vocabulary" });
        kind.AcceptOnlyFromAmong("peer", "policy", "dataset", "offer", "vocabulary", "peers", "policies", "datasets", "offers", "vocabularies");
        var name = verb.With(new Argument<string>("name") { Description = "Its name" });
        remote.Does(verb, async call =>
        {
            var request = new DeleteDocumentRequest { Kind = DocumentKind.Of(call.Parsed.GetRequiredValue(kind)), Name = call.Parsed.GetRequiredValue(name) };
            await new DocumentService.DocumentServiceClient(call.Connection.Calls).DeleteAsync(request, cancellationToken: call.Cancel);
            call.Screen.Show(MessageJson.Of(request), console => console.Profile.Out.Writer.WriteLine($"{request.Kind} {request.Name}: deleted"));
            return ExitCode.Done;
        });
        return verb;
    }
}

using System.CommandLine;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Cli.Remote;

/// <summary><c>connector transfers</c>: transfers as they happen, and the steps of one.</summary>
internal static class TransfersVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var watch = RemoteVerb.Named(
            "watch",
            "Show transfers as they happen, until Ctrl-C",
            "connector transfers watch",
            "connector transfers watch -o json | jq .state");
        remote.Does(watch, async call =>
        {
            using var happenings = new StatusService.StatusServiceClient(call.Connection.Calls).Watch(new WatchRequest(), cancellationToken: call.Cancel);
            await happenings.ResponseHeadersAsync;
            call.Screen.Say("watching transfers; Ctrl-C ends");
            await foreach (var happening in happenings.ResponseStream.ReadAllAsync(call.Cancel))
            {
                if (happening.Kind is "transfer" or "progress")
                {
                    call.Screen.ShowEvent(MessageJson.Of(happening), console => console.Profile.Out.Writer.WriteLine(Line(happening)));
                }
            }

            return ExitCode.Done;
        });
        return new Verb("transfers", "Look at transfers, suspend and resume them", "connector transfers watch", "connector get transfers")
        {
            watch,
            StepVerbs.BuildSuspend(remote),
            StepVerbs.BuildResume(remote),
        };
    }

    private static string Line(Happening happening)
    {
        var what = happening.Kind == "progress" ? $"{Rows.Size(happening.Bytes)} of {Rows.Size(happening.Total)}" : $"{happening.State} {happening.Detail}".TrimEnd();
        return $"{Rows.Time(happening.At)}  {happening.Subject}  {happening.Role,-8}  {happening.Peer}  {what}";
    }
}

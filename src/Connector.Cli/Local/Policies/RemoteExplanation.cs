using System.Text.Json.Nodes;
using Connector.Cli.Remote;
using Connector.Management.V1;
using Google.Protobuf.WellKnownTypes;

namespace Connector.Cli.Local.Policies;

/// <summary>The half of <c>connector policy explain</c> that asks the running connector: what was decided, and what of an offer would be.</summary>
internal static class RemoteExplanation
{
    /// <summary>Whether an argument is meant as an id. Other connectors name what is theirs as they like; what looks like a path is one.</summary>
    public static bool IsId(string named) => !Path.Exists(named) && (named.Contains(':', StringComparison.Ordinal) || !(named.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.HasExtension(named)));

    /// <summary>Asks; who meant a file that is not there, or a policy, is told that an id was looked for.</summary>
    public static async Task<int> AskAsync(string? named, Func<Task<int>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Failure e) when (named is not null && !named.Contains(':', StringComparison.Ordinal))
        {
            throw new Failure($"there is no file or folder '{named}' here, and as an id of what the running connector decided: {e.Message}", $"{(e.Mend is null ? "" : $"{e.Mend}; or ")}name a file, and one of its policies with --policy", e.ExitCode) { Code = e.Code, Field = e.Field };
        }
    }

    public static ExplainRequest Request(string? id, string? offer, string? dataset, string? participant, string? point, string? at) => offer is null
        ? new ExplainRequest { Id = id, Point = point ?? "" }
        : new ExplainRequest
        {
            Offer = offer,
            Dataset = dataset ?? "",
            Participant = participant ?? throw new Failure("nobody asks for the offer", "say who with --as: a peer's name or a participant id"),
            Point = point ?? "",
            At = at is null ? null : Instants.Read(at).ToTimestamp(),
        };

    public static async Task<int> ShowAsync(Call call, ExplainRequest request, bool tree)
    {
        var explained = await new PolicyService.PolicyServiceClient(call.Connection.Calls).ExplainAsync(request, cancellationToken: call.Cancel);
        var verdict = JsonNode.Parse(explained.Verdict)!;
        var when = explained.Stored ? $"as decided at {Rows.Time(explained.At)}" : $"as it stands at {Rows.Time(explained.At)}";
        call.Screen.Show(MessageJson.Of(explained), console => VerdictText.Write(console, $"{explained.Subject}, {explained.Point}, {when}", verdict, tree));
        return verdict["permitted"]!.GetValue<bool>() ? ExitCode.Done : ExitCode.Refused;
    }
}

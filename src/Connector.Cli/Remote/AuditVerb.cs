using System.CommandLine;
using System.Globalization;
using Connector.Cli.Output;
using Connector.Management.V1;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary><c>connector audit verify</c>: asked of the running connector, or found out from its files.</summary>
internal static class AuditVerb
{
    /// <param name="remote">Reaches the running connector.</param>
    /// <param name="offline">Verifies without it, given the path of the configuration.</param>
    public static Verb Build(RemoteVerb remote, Func<string, CancellationToken, Task<EvidenceReport>> offline)
    {
        var verify = RemoteVerb.Named(
            "verify",
            "Verify the whole evidence log: its hash chain, its signatures and its end",
            "connector audit verify",
            "connector audit verify --offline -o json");
        var alone = verify.With(new Option<bool>("--offline") { Description = "Read the store and the keys themselves, without asking the running connector" });
        verify.Add(VerbOptions.Config);
        verify.Add(VerbOptions.Output);
        verify.SetAction(async (parsed, cancel) => parsed.GetValue(alone)
            ? Show(new Screen(parsed), await offline(VerbOptions.ConfigPath(parsed), cancel))
            : await remote.RunAsync(parsed, AskAsync, cancel));
        return new Verb("audit", "Look into the evidence", "connector audit verify", "connector get evidence") { verify };
    }

    private static async Task<int> AskAsync(Call call)
    {
        var client = new EvidenceService.EvidenceServiceClient(call.Connection.Calls);
        return Show(call.Screen, await client.VerifyAsync(new VerifyEvidenceRequest(), cancellationToken: call.Cancel));
    }

    private static int Show(Screen screen, EvidenceReport report)
    {
        screen.Show(MessageJson.Of(report), console => Write(console, report));
        return report.Faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Write(IAnsiConsole console, EvidenceReport report)
    {
        foreach (var fault in report.Faults)
        {
            console.WriteLine($"{(fault.Sequence > 0 ? fault.Sequence.ToString(CultureInfo.InvariantCulture) : "log")}: {fault.What}");
        }

        console.WriteLine(report.Faults.Count == 0
            ? $"{report.Entries} entries, all intact"
            : $"{report.Entries} entries, {report.Faults.Count} {(report.Faults.Count == 1 ? "fault" : "faults")}: the log was changed after it was written");
    }
}

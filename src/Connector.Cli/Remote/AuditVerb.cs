using System.Globalization;
using Connector.Management.V1;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary><c>connector audit verify</c>, asked of the running connector.</summary>
internal static class AuditVerb
{
    public static Verb Build(RemoteVerb remote)
    {
        var verify = RemoteVerb.Named(
            "verify",
            "Verify the whole evidence log: its hash chain, its signatures and its end",
            "connector audit verify",
            "connector audit verify -o json");
        remote.Does(verify, async call =>
        {
            var report = await new EvidenceService.EvidenceServiceClient(call.Connection.Calls).VerifyAsync(new VerifyEvidenceRequest(), cancellationToken: call.Cancel);
            call.Screen.Show(MessageJson.Of(report), console => Write(console, report));
            return report.Faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return new Verb("audit", "Look into the evidence", "connector audit verify", "connector get evidence") { verify };
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

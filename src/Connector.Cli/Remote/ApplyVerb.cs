using System.CommandLine;
using Connector.Management.V1;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary><c>connector apply</c>: Peer, Policy, Dataset, Offer and Vocabulary documents; all of them or none.</summary>
internal static class ApplyVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "apply",
            "Apply Peer, Policy, Dataset, Offer and Vocabulary documents: all of them, or none when any has a fault",
            "connector apply -f partner/peer.yaml",
            "connector apply -f offers/ --dry-run",
            "connector apply -f policies/ -f offers/");
        var files = verb.With(new Option<string[]>("--file", "-f") { Description = $"A file, a folder, or - for standard input; may be given again; {YamlFiles.Rule}", HelpName = "FILE|DIR", Required = true });
        var dryRun = verb.With(new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing" });
        remote.Does(verb, async call =>
        {
            var request = new ApplyRequest { DryRun = call.Parsed.GetValue(dryRun) };
            request.Files.Add(DocumentFiles.Read(call.Parsed.GetRequiredValue(files)));
            var reply = await new DocumentService.DocumentServiceClient(call.Connection.Calls).ApplyAsync(request, cancellationToken: call.Cancel);
            call.Screen.Show(MessageJson.Of(reply), console => Write(console, reply, request.DryRun));
            return reply.Faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return verb;
    }

    private static void Write(IAnsiConsole console, ApplyReply reply, bool dryRun)
    {
        foreach (var fault in reply.Faults)
        {
            // Not folded to the width of a table: one fault, one line, whatever reads it.
            console.Profile.Out.Writer.WriteLine(Line(fault));
        }

        if (reply.Faults.Count > 0)
        {
            console.WriteLine($"{reply.Faults.Count} {(reply.Faults.Count == 1 ? "fault" : "faults")}; nothing was applied");
            return;
        }

        foreach (var change in reply.Changes)
        {
            console.WriteLine($"{change.Kind} {change.Name}: {(dryRun && change.Action != "unchanged" ? "would be " : "")}{change.Action}");
            if (dryRun)
            {
                WriteDiff(console, change.Diff);
            }
        }
    }

    private static void WriteDiff(IAnsiConsole console, string diff)
    {
        foreach (var line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colour = line[0] switch { '+' => Color.Green, '-' => Color.Red, _ => Color.Default };
            console.Write(new Text($"  {line}\n", new Style(colour)));
        }
    }

    private static string Line(Fault fault)
    {
        var place = fault.Line > 0 ? $"{fault.File}:{fault.Line}:{fault.Column}" : fault.File;
        var path = fault.Path.Length > 0 ? $"{fault.Path}: " : "";
        return $"{place}: {path}{fault.Message}{(fault.Mend.Length > 0 ? $"; {fault.Mend}" : "")}";
    }
}

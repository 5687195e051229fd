using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Management.V1;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary><c>connector pull</c>: fetches the data of an agreement.</summary>
internal static class PullVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "pull",
            "Fetch the data of an agreement; every byte is verified, and the file appears only when it is whole",
            "connector pull urn:uuid:… --to ./received/",
            "connector pull urn:uuid:… --to footprint.json -o json",
            "connector pull urn:uuid:… --to ./received/ --push");
        var agreement = verb.With(new Argument<string>("agreement") { Description = "The agreement's id, as 'connector get agreements' shows it" });
        var to = verb.With(new Option<string>("--to") { Description = "A file; or a folder (that exists, or ends in /) to put it in under its own name", HelpName = "PATH", Required = true });
        var push = verb.With(new Option<bool>("--push") { Description = "Have the provider send the data here, instead of fetching it there: this connector must be reachable for it" });
        remote.Does(verb, async call =>
        {
            var request = new StartTransferRequest
            {
                AgreementId = call.Parsed.GetRequiredValue(agreement),
                Sink = Sink(call.Parsed.GetRequiredValue(to)),
                Format = call.Parsed.GetValue(push) ? "push" : "",
            };
            var following = new TransferFollowing(call.Connection, TimeProvider.System);
            var transfer = await following.StartAsync(request, call.Cancel);
            transfer = await FollowAsync(call.Screen, following, transfer, call.Cancel);
            if (transfer.State != "COMPLETED")
            {
                throw Refused(transfer);
            }

            call.Screen.Show(MessageJson.Of(transfer), console => Write(console, transfer));
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>An absolute path; a trailing separator, which says that it is a folder, stays.</summary>
    public static string Sink(string path)
    {
        var full = Path.GetFullPath(path);
        return Directory.Exists(full) && !Path.EndsInDirectorySeparator(full) ? full + Path.DirectorySeparatorChar : full;
    }

    /// <summary>What to tell when a transfer ended without its data.</summary>
    public static Failure Refused(Transfer transfer) =>
        new($"the transfer ended without the data: {string.Join("; ", transfer.Termination?.Reasons ?? [])}", $"see 'connector get transfers {transfer.Id}' and 'connector get agreements {transfer.AgreementId}'")
        {
            Code = transfer.Termination?.Code is { Length: > 0 } code ? code : "terminated",
        };

    private static async Task<Transfer> FollowAsync(Screen screen, TransferFollowing following, Transfer transfer, CancellationToken cancel)
    {
        if (!screen.ForPeople || !screen.Console.Profile.Out.IsTerminal)
        {
            return await following.UntilEndedAsync(transfer, null, screen.Say, cancel);
        }

        return await screen.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("receiving", maxValue: 1);
                return await following.UntilEndedAsync(
                    transfer,
                    now =>
                    {
                        bar.MaxValue = Math.Max(1, now.Total);
                        bar.Value = now.Bytes;
                    },
                    line => bar.Description = Markup.Escape(line),
                    cancel);
            });
    }

    private static void Write(IAnsiConsole console, Transfer transfer)
    {
        Rows.WriteFacts(console, ("transfer", transfer.Id), ("state", transfer.State), ("to", transfer.Sink));
        var files = transfer.Receipt.Length > 0 ? JsonNode.Parse(transfer.Receipt)?["files"]?.AsArray() : null;
        if (files is not null)
        {
            console.WriteLine();
            Rows.Write<JsonNode?>(
                console,
                [.. files],
                "the dataset holds no files",
                ("FILE", f => (string?)f?["path"] ?? ""),
                ("BYTES", f => (string?)f?["size"] ?? ""),
                ("SHA256", f => (string?)f?["sha256"] ?? ""));
            console.WriteLine("\nevery byte verified; receipt signed and sent");
        }
    }
}

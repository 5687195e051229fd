using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Daemon.Configuration;
using Spectre.Console;

namespace Connector.Cli.Local.Doctor;

/// <summary><c>connector doctor</c>: says what is wrong with a connector, and what to do.</summary>
internal static class DoctorVerb
{
    public static Command Build()
    {
        var verb = new Verb(
            "doctor",
            "Look at everything: configuration, keys, certificate, store, the running connector, its peers, its evidence",
            "connector doctor",
            "connector doctor -o json");
        verb.Add(VerbOptions.Config);
        verb.Add(VerbOptions.Output);
        verb.SetAction((parsed, cancel) => LookAsync(VerbOptions.ConfigPath(parsed), new Screen(parsed), cancel));
        return verb;
    }

    private static async Task<int> LookAsync(string path, Screen screen, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var configuration = ConfigurationReader.Read(path);
        findings.AddRange(configuration.Faults.Select(fault => Finding.Wrong("configuration", $"{fault.Source}:{fault.Line} {fault.Key}: {fault.Message}", fault.Mend)));
        if (configuration.Options is { } options)
        {
            findings.Add(Finding.Well("configuration", path));
            findings.AddRange(OwnChecks.Of(options, TimeProvider.System));
            findings.AddRange(await RunningAsync(options, cancel));
        }

        var health = findings.Max(f => f.Health);
        screen.Show(Json(findings, health), console => Write(console, findings));
        return health == Health.Wrong ? ExitCode.Refused : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<Finding>> RunningAsync(ConnectorOptions options, CancellationToken cancel)
    {
        try
        {
            return await RunningChecks.OfAsync(OwnManagement.Find(options), cancel);
        }
        catch (Failure failure)
        {
            return [Finding.Wrong("connector", failure.Message, failure.Mend ?? "")];
        }
    }

    private static JsonObject Json(List<Finding> findings, Health health) => new()
    {
        ["health"] = health.ToString().ToLowerInvariant(),
        ["findings"] = new JsonArray([.. findings.Select(f => new JsonObject
        {
            ["check"] = f.Check,
            ["health"] = f.Health.ToString().ToLowerInvariant(),
            ["found"] = f.Found,
            ["mend"] = f.Mend,
        })]),
    };

    private static void Write(IAnsiConsole console, List<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var (mark, colour) = finding.Health switch
            {
                Health.Well => ("ok   ", Color.Green),
                Health.Doubtful => ("hm   ", Color.Yellow),
                _ => ("wrong", Color.Red),
            };
            console.Write(new Text(mark, new Style(colour)));
            console.WriteLine($"  {finding.Check}: {finding.Found}");
            if (finding.Mend.Length > 0)
            {
                console.WriteLine($"       to do: {finding.Mend}");
            }
        }
    }
}

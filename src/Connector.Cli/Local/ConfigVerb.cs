using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Daemon.Configuration;
using Spectre.Console;

namespace Connector.Cli.Local;

/// <summary><c>connector config check</c>: every fault of the configuration at once, each with its line.</summary>
internal static class ConfigVerb
{
    public static Command Build()
    {
        var check = new Verb(
            "check",
            "Check the configuration and report every fault at once, each with its line and how to mend it",
            "connector config check",
            "connector config check --config /etc/connector/connector.yaml -o json")
        {
            VerbOptions.Config,
            VerbOptions.Output,
        };
        check.SetAction(parsed => Check(VerbOptions.ConfigPath(parsed), new Screen(parsed)));
        return new Verb("config", "Look at the configuration", "connector config check") { check };
    }

    private static int Check(string path, Screen screen)
    {
        var result = ConfigurationReader.Read(path);
        var answer = new JsonObject
        {
            ["file"] = path,
            ["valid"] = result.IsValid,
            ["faults"] = new JsonArray([.. result.Faults.Select(Row)]),
        };
        screen.Show(answer, console =>
        {
            foreach (var fault in result.Faults)
            {
                console.WriteLine(fault.ToString());
            }

            console.WriteLine(result.IsValid ? $"{path}: no faults" : $"{result.Faults.Length} {(result.Faults.Length == 1 ? "fault" : "faults")}");
        });
        return result.IsValid ? ExitCode.Done : ExitCode.Refused;
    }

    private static JsonObject Row(ConfigurationFault fault) => new()
    {
        ["source"] = fault.Source,
        ["line"] = fault.Line,
        ["column"] = fault.Column,
        ["key"] = fault.Key,
        ["message"] = fault.Message,
        ["mend"] = fault.Mend,
    };
}

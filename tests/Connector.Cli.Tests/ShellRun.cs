using System.Globalization;

namespace Connector.Cli.Tests;

/// <summary>Runs one command line in this process, as the executable would, and keeps what it said.</summary>
internal sealed record ShellRun(int ExitCode, string Output, string Error)
{
    public static async Task<ShellRun> Of(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var code = await Shell.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return new ShellRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs it with the configuration of a folder that init made, whose connector answers the operator at this port.</summary>
    public static Task<ShellRun> On(string folder, int managementPort, params string[] args)
    {
        var path = Path.Combine(folder, "connector.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("port: 7444", string.Create(CultureInfo.InvariantCulture, $"port: {managementPort}"), StringComparison.Ordinal));
        return Of([.. args, "--config", path]);
    }
}

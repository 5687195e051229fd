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
}

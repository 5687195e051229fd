using System.Diagnostics;

namespace Connector.EndToEnd.Tests;

/// <summary>The executable under test, as a user runs it.</summary>
internal static class ConnectorCli
{
    private static readonly string s_program = Find();

    public static ProcessStartInfo StartInfo(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])[s_program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(folder, arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        // tests/<project>/bin/<configuration>/<framework>/ beside src/Connector.Cli/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", "Connector.Cli", "bin", here.Parent.Name, here.Name, "connector.dll");
    }
}

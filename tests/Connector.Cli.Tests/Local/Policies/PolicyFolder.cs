using System.Runtime.CompilerServices;

namespace Connector.Cli.Tests.Local.Policies;

/// <summary>The policies that ship, and the verbs run on them; paths are shown as they are below the root, so that goldens are the same everywhere.</summary>
internal static class PolicyFolder
{
    public static string Root { get; } = Find();

    public static async Task<ShellRun> Run(params string[] args)
    {
        var run = await ShellRun.Of(["policy", .. args.Select(a => a.StartsWith("policies", StringComparison.Ordinal) ? Path.Combine(Root, a) : a)]);
        return new ShellRun(run.ExitCode, run.Output.Replace(Root + "/", "", StringComparison.Ordinal), run.Error.Replace(Root + "/", "", StringComparison.Ordinal));
    }

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}

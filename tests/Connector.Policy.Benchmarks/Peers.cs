using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Connector.Policy.Benchmarks;

/// <summary>Engines that run under Node, in the same sitting.</summary>
internal static class Peers
{
    public static void Run(string script, double seconds)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Here())!, "peers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Console.WriteLine($"{script}: npm install in {folder} first");
            return;
        }

        using var node = Process.Start(new ProcessStartInfo("node", [script, seconds.ToString(CultureInfo.InvariantCulture)]) { WorkingDirectory = folder })!;
        node.WaitForExit();
        if (node.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} ended with {node.ExitCode}");
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

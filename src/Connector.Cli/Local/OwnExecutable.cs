using System.Diagnostics;

namespace Connector.Cli.Local;

/// <summary>Starts this very program again, however it was started: as an executable of its own or through <c>dotnet</c>.</summary>
internal static class OwnExecutable
{
    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var host = Environment.ProcessPath ?? throw new Failure("the path of this program is not known to the system");
        var start = new ProcessStartInfo(host) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "connector.dll"));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}

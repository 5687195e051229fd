namespace Connector.Testing.Processes;

/// <summary>The executable as it was built, for whatever starts it as a process of its own. Compiled into the projects that do.</summary>
internal static class BuiltConnector
{
    /// <summary>connector.dll of the configuration and framework that the caller was built for.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        // tests/<project>/bin/<configuration>/<framework>/ beside src/Connector.Cli/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return System.IO.Path.Combine(root, "src", "Connector.Cli", "bin", here.Parent.Name, here.Name, "connector.dll");
    }
}

namespace Connector.Cli;

/// <summary>Which files a path means, for every verb that takes files and folders.</summary>
internal static class YamlFiles
{
    /// <summary>The rule, as it is told in the help.</summary>
    public const string Rule = $"of a folder {All}, but no *.policytest.yaml";

    /// <summary>What of a folder counts at all.</summary>
    public const string All = "all *.yaml and *.yml beneath it, each once however links lead there, and nothing whose name begins with a dot";

    private static readonly string[] s_endings = [".yaml", ".yml"];

    private static readonly string[] s_tests = [".policytest.yaml", ".policytest.yml"];

    /// <summary>The files themselves, and those of folders that <see cref="Rule"/> names, in order of name; each once.</summary>
    /// <exception cref="Failure">A path is neither a file nor a folder, or a link leads nowhere.</exception>
    public static IReadOnlyList<string> Documents(params IEnumerable<string> paths) => [.. paths.SelectMany(static path =>
        Directory.Exists(path) ? Beneath(path).Where(static file => !IsTest(file))
        : File.Exists(path) ? [path]
        : throw new Failure($"{path} is neither a file nor a folder", "name a file or a folder")).DistinctBy(Real)];

    /// <summary>The tests of policies in a folder, in order of name.</summary>
    public static IReadOnlyList<string> Tests(string folder) => [.. Beneath(folder).Where(IsTest).DistinctBy(Real)];

    private static bool IsTest(string path) => s_tests.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static IOrderedEnumerable<string> Beneath(string folder)
    {
        var found = new List<string>();
        Walk(folder, found, new HashSet<string>(StringComparer.Ordinal));
        return found.Order(StringComparer.Ordinal);
    }

    private static void Walk(string folder, List<string> found, HashSet<string> seen)
    {
        if (!seen.Add(Real(folder)))
        {
            return;
        }

        found.AddRange(Shown(Directory.EnumerateFiles(folder)).Where(static file => s_endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))));
        foreach (var within in Shown(Directory.EnumerateDirectories(folder)).Order(StringComparer.Ordinal))
        {
            Walk(within, found, seen);
        }
    }

    private static IEnumerable<string> Shown(IEnumerable<string> paths) => paths.Where(static path => !Path.GetFileName(path).StartsWith('.'));

    /// <summary>Where a path leads when every link on its way is followed.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var name in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Join(real, name);
            if (Target(real) is { } target)
            {
                real = target.Exists ? Real(target.FullName) : throw new Failure($"{path} is a link that leads nowhere", "remove it, or put back what it leads to");
            }
        }

        return real;
    }

    private static FileSystemInfo? Target(string path)
    {
        try
        {
            return Directory.Exists(path) ? Directory.ResolveLinkTarget(path, returnFinalTarget: true) : File.ResolveLinkTarget(path, returnFinalTarget: true);
        }
        catch (IOException)
        {
            throw new Failure($"{path} is a link that leads back to itself", "remove it");
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Connector.Testing.Dsp;

/// <summary>Files under tests/fixtures: the standard's schemas and examples, and messages written for this project.</summary>
public static class Fixtures
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", "fixtures"));

    /// <summary>The text of a file, as "dsp-2025-1/catalog/example/catalog.json".</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The file, parsed.</summary>
    public static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(Text(path));
        return document.RootElement.Clone();
    }

    /// <summary>Paths of the JSON files under a folder whose own path holds <paramref name="part"/>, in order.</summary>
    public static IEnumerable<string> Files(string folder, string part = "") => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.json", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => path.Contains(part, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

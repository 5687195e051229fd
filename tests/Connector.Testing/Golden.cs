using System.Runtime.CompilerServices;

namespace Connector.Testing;

/// <summary>Golden files: stand in a folder <c>Golden</c> beside the test. Set CONNECTOR_UPDATE_GOLDEN=1 to write them anew, then read the diff.</summary>
public static class Golden
{
    /// <summary>The file's text; with CONNECTOR_UPDATE_GOLDEN=1, first replaced by <paramref name="actual"/>.</summary>
    public static string Expect(string name, string actual, [CallerFilePath] string test = "")
    {
        return ExpectFile(Path.Combine(Path.GetDirectoryName(test)!, "Golden", name), actual);
    }

    /// <summary>The same for a file that stands elsewhere, because it ships.</summary>
    public static string ExpectFile(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("CONNECTOR_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        return File.Exists(path) ? File.ReadAllText(path) : $"(there is no golden file {path})";
    }
}

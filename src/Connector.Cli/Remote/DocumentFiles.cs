using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary>Gathers the files that <c>apply</c> was given.</summary>
internal static class DocumentFiles
{
    private const int MaxFiles = 1_000;

    /// <summary>Means standard input where a file is named.</summary>
    private const string StandardInput = "-";

    /// <summary>Standard input where it is named, the files themselves, and those of folders by <see cref="YamlFiles.Rule"/>.</summary>
    public static List<DocumentFile> Read(IEnumerable<string> paths)
    {
        var named = paths.ToLookup(static path => path == StandardInput);
        List<string> files = [.. named[true].Take(1), .. YamlFiles.Documents(named[false])];
        return files.Count switch
        {
            0 => throw new Failure("there is no *.yaml file to apply", "name a file, or a folder that holds some"),
            > MaxFiles => throw new Failure($"there are {files.Count} files, more than {MaxFiles} at a time", "apply the folders one by one"),
            _ => ReadAll(files),
        };
    }

    private static List<DocumentFile> ReadAll(List<string> paths)
    {
        var wrong = new List<string>();
        var files = paths.Select(p => ReadOne(p, wrong)).OfType<DocumentFile>().ToList();
        return wrong.Count == 0 ? files : throw new Failure(string.Join('\n', wrong), "mend these files; nothing was applied");
    }

    private static DocumentFile? ReadOne(string path, List<string> wrong)
    {
        var (name, folder) = path == StandardInput ? ("standard input", Directory.GetCurrentDirectory()) : (path, Path.GetDirectoryName(Path.GetFullPath(path)));
        using var stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        return DocumentText.Read(stream, name, wrong) is { } text ? new DocumentFile { Path = name, Folder = folder, Text = text } : null;
    }
}

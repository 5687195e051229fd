using Connector.DataPlane.Files;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sources;

/// <summary>The files of a folder dataset: regular ones at any depth, in ordinal order of their relative paths. Links are not followed.</summary>
internal static class FolderListing
{
    private const int Deepest = 64;

    /// <summary>Relative paths with '/' between parts.</summary>
    /// <exception cref="IOException">There are too many, or the folder cannot be read.</exception>
    public static List<string> Of(string root, CancellationToken cancel)
    {
        var found = new List<string>();
        var folders = new Stack<(string Path, string Prefix, int Depth)>([(root, "", 0)]);
        while (folders.TryPop(out var folder))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", s_all))
            {
                var relative = folder.Prefix + entry.Name;
                if ((entry.Attributes & FileAttributes.ReparsePoint) != 0 || IsPartial(entry.Name))
                {
                    continue;
                }

                if (entry is DirectoryInfo)
                {
                    if (folder.Depth == Deepest)
                    {
                        throw new IOException($"the folder is nested deeper than {Deepest}");
                    }

                    folders.Push((entry.FullName, relative + "/", folder.Depth + 1));
                }
                else if (!OperatingSystem.IsLinux() || Posix.At(entry.FullName) is { IsRegularFile: true })
                {
                    found.Add(relative);
                    if (found.Count > ManifestRules.MostFiles)
                    {
                        throw new IOException($"the folder holds more than {ManifestRules.MostFiles} files");
                    }
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private static bool IsPartial(string name) => name.StartsWith('.') && name.EndsWith(".partial", StringComparison.Ordinal);
}

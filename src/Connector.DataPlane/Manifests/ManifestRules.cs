using System.Numerics;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;

namespace Connector.DataPlane.Manifests;

/// <summary>Whether a manifest can be true. It comes from outside, so nothing in it is believed before.</summary>
public static class ManifestRules
{
    /// <summary>Most files of a dataset.</summary>
    public const int MostFiles = 100_000;

    private const int MostChunksOfAll = 1 << 20;
    private const int SmallestChunk = 1 << 10;
    private const int LongestContentType = 255;

    /// <summary>Whether the manifest is of a folder: several files, or said to be one.</summary>
    public static bool IsFolder(Manifest manifest) =>
        manifest.Files.Length != 1 || manifest.ContentType == ContentTypes.Folder || manifest.Files[0].Path.Contains('/', StringComparison.Ordinal);

    /// <summary>The first fault, as a refusal with code <c>manifest-invalid</c> that names the field; null when there is none.</summary>
    public static Refusal? Check(Manifest manifest)
    {
        if (manifest.ContentType is not { Length: > 0 and <= LongestContentType } type || type.Any(c => c is < ' ' or > '~'))
        {
            return Fault("contentType", $"is empty, longer than {LongestContentType} characters or not printable ASCII");
        }

        if (manifest.Files.IsDefault || manifest.Files.Length > MostFiles)
        {
            return Fault("files", $"are missing or more than {MostFiles}");
        }

        var chunks = 0;
        for (var i = 0; i < manifest.Files.Length; i++)
        {
            var file = manifest.Files[i];
            if (FileFault(file) is var (field, what))
            {
                return Fault($"files[{i}].{field}", what);
            }

            if (i > 0 && string.CompareOrdinal(manifest.Files[i - 1].Path, file.Path) >= 0)
            {
                return Fault($"files[{i}].path", $"'{file.Path}' is not after the path before it: paths are unique and in ordinal order");
            }

            chunks += file.ChunkCount;
            if (chunks > MostChunksOfAll)
            {
                return Fault("files", $"are too large: at most {MostChunksOfAll} chunks in all");
            }
        }

        return Clash(manifest);
    }

    private static (string Field, string What)? FileFault(ManifestFile file)
    {
        if (PathRules.Fault(file.Path) is { } fault)
        {
            return ("path", fault);
        }

        if (file.Size < 0)
        {
            return ("size", $"is {file.Size}, below 0");
        }

        if (file.ChunkSize < SmallestChunk || !BitOperations.IsPow2(file.ChunkSize))
        {
            return ("chunkSize", $"is {file.ChunkSize}, not a power of two from {SmallestChunk} on");
        }

        var count = Chunking.Count(file.Size, file.ChunkSize);
        if (count > Chunking.MostChunks || file.ChunkHashes.Length != count * Chunking.HashSize)
        {
            return ("chunkHashes", $"are {file.ChunkHashes.Length} bytes, where a file of {file.Size} bytes in chunks of {file.ChunkSize} needs {Chunking.HashSize} for each of {count} chunks, of which at most {Chunking.MostChunks} may be");
        }

        if (file.Sha256.Length != Chunking.HashSize)
        {
            return ("sha256", $"is {file.Sha256.Length} bytes, not {Chunking.HashSize}");
        }

        if (count == 1 && !file.ChunkHashes.Span.SequenceEqual(file.Sha256.Span))
        {
            return ("sha256", "differs from the hash of the file's only chunk");
        }

        return file.TreeRoot.Span.SequenceEqual(ChunkTree.Root(file.ChunkHashes.Span)) ? null : ("treeRoot", "is not the root over the chunk hashes");
    }

    /// <summary>Two paths that are one file on a system that ignores case, or a path that is a file here and a folder there.</summary>
    private static Refusal? Clash(Manifest manifest)
    {
        var kinds = new Dictionary<string, (string Path, bool File)>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < manifest.Files.Length; i++)
        {
            var path = manifest.Files[i].Path;
            for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
            {
                var part = end < 0 ? path : path[..end];
                if (!kinds.TryAdd(part, (part, end < 0)) && (end < 0 || kinds[part] != (part, false)))
                {
                    return Fault($"files[{i}].path", $"'{path}' clashes with '{kinds[part].Path}' where case is ignored, or is both file and folder");
                }

                if (end < 0)
                {
                    break;
                }
            }
        }

        return null;
    }

    private static Refusal Fault(string field, string what) =>
        new(RefusalKind.Malformed, "manifest-invalid", $"{field} {what}", field, "have the provider publish the dataset again, with paths and hashes that fit");
}

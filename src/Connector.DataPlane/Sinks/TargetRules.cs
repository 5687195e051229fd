using System.Buffers;
using System.Security.Cryptography;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Files;
using Connector.DataPlane.Sources;

namespace Connector.DataPlane.Sinks;

/// <summary>What is at a target's path before anything is received.</summary>
internal enum Existing
{
    /// <summary>Nothing, or an empty folder where a folder is to come.</summary>
    Nothing,

    /// <summary>The very dataset.</summary>
    Same,

    /// <summary>Something else, which is not to be lost.</summary>
    Other,
}

/// <summary>Compares what is at a target's path with what is to come.</summary>
internal static class TargetRules
{
    private const int BlockSize = 256 * 1024;

    public static Existing Look(string target, Manifest manifest, bool folder, CancellationToken cancel)
    {
        // A link that leads nowhere exists.
        if (!Path.Exists(target))
        {
            return Existing.Nothing;
        }

        return folder ? LookAtFolder(target, manifest, cancel) : IsSame(target, manifest.Files[0], cancel) ? Existing.Same : Existing.Other;
    }

    private static Existing LookAtFolder(string target, Manifest manifest, CancellationToken cancel)
    {
        if (!Directory.Exists(target) || new DirectoryInfo(target).LinkTarget is not null)
        {
            return Existing.Other;
        }

        if (!Directory.EnumerateFileSystemEntries(target).Any())
        {
            return manifest.Files.IsEmpty ? Existing.Same : Existing.Nothing;
        }

        var paths = FolderListing.Of(target, cancel);
        return paths.Count == manifest.Files.Length
            && paths.Zip(manifest.Files).All(p => p.First == p.Second.Path && IsSame(Path.Combine(target, p.First), p.Second, cancel))
            ? Existing.Same
            : Existing.Other;
    }

    private static bool IsSame(string path, ManifestFile file, CancellationToken cancel)
    {
        if (!File.Exists(path) || File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false })
        {
            return false;
        }

        using var handle = RegularFiles.Open(path);
        if (RandomAccess.GetLength(handle) != file.Size)
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (var at = 0L; at < file.Size;)
            {
                cancel.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(handle, block.AsSpan(0, BlockSize), at);
                if (read == 0)
                {
                    return false;
                }

                hash.AppendData(block.AsSpan(0, read));
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return hash.GetHashAndReset().AsSpan().SequenceEqual(file.Sha256.Span);
    }
}

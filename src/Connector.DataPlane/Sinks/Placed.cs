using System.Security.Cryptography;
using System.Text;
using Connector.DataPlane.Files;
using Connector.DataPlane.Sources;

namespace Connector.DataPlane.Sinks;

/// <summary>A file or a folder that was moved into place, told by its stamp from whatever else may bear its name since.</summary>
internal static class Placed
{
    /// <summary>Hex SHA-256 over the stamps of the files: survives a move, and no change. Null where nothing is.</summary>
    public static string? Stamp(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (Directory.Exists(path))
        {
            foreach (var file in FolderListing.Of(path, CancellationToken.None))
            {
                Append(hash, file, Path.Combine(path, file));
            }
        }
        else if (File.Exists(path))
        {
            Append(hash, "", path);
        }
        else
        {
            return null;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Removes what is at a path if it is what was stamped.</summary>
    public static void Remove(string path, string stamp)
    {
        if (Stamp(path) != stamp)
        {
            return;
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void Append(IncrementalHash hash, string name, string path)
    {
        using var handle = RegularFiles.Open(path);
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{FileStamp.Of(handle)}\0"));
    }
}

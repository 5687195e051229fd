using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sinks;

/// <summary>Where a dataset is to lie, and where it grows until it is whole.</summary>
/// <param name="Target">Absolute path of the file or folder.</param>
/// <param name="Parent">The folder that the target is in.</param>
/// <param name="Partial">A hidden folder beside the target, on the same file system.</param>
internal sealed record Place(string Target, string Parent, string Partial)
{
    public const string LockName = "lock";

    /// <summary>What is received, under a name that nobody takes for the target's.</summary>
    public string Content => Path.Combine(Partial, "content");

    /// <summary>The digest of the manifest that the content is of.</summary>
    public string State => Path.Combine(Partial, "manifest");

    /// <summary>Held open by whoever fills the partial.</summary>
    public string Lock => Path.Combine(Partial, LockName);

    public static Place Of(string transferId, string target, Manifest manifest)
    {
        var file = !ManifestRules.IsFolder(manifest) && (Path.EndsInDirectorySeparator(target) || Directory.Exists(target))
            ? Path.Combine(target, manifest.Files[0].Path)
            : target;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(file));
        var parent = Path.GetDirectoryName(full) ?? full;
        return new Place(full, parent, Path.Combine(parent, PartialName(transferId)));
    }

    /// <summary>Every folder that a transfer's partial can be in: beside the target, or inside of it.</summary>
    public static IEnumerable<string> Partials(string transferId, string target)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        yield return Path.Combine(full, PartialName(transferId));
        if (Path.GetDirectoryName(full) is { } parent)
        {
            yield return Path.Combine(parent, PartialName(transferId));
        }
    }

    // The id comes from outside: hashed, it can name nothing but this.
    private static string PartialName(string transferId) => $".{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(transferId)).AsSpan(0, 12))}.partial";
}

using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;

namespace Connector.Dsp.Data;

/// <summary>Manifests as JSON, <c>application/vnd.connector.manifest+json</c>.</summary>
internal static class ManifestWire
{
    public const string ContentType = "application/vnd.connector.manifest+json";

    /// <summary>A million chunk hashes in base64, and as much again for paths.</summary>
    public const int MaxBytes = 96 * 1024 * 1024;

    public static ManifestDocument Write(Manifest manifest) => new(
        manifest.ContentType,
        [.. manifest.Files.Select(f => new ManifestFileDocument(f.Path, f.Size, f.Sha256.ToArray(), f.ChunkSize, f.ChunkHashes.ToArray(), f.TreeRoot.ToArray()))]);

    /// <summary>The manifest as it is said to be; whether it can be true is the sink's to check.</summary>
    public static Result<Manifest> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DataJson.Default.ManifestDocument) is { } read && !read.Files.Contains(null!)
                ? new Manifest(read.ContentType, [.. read.Files.Select(f => new ManifestFile(f.Path, f.Size, f.Sha256, f.ChunkSize, f.ChunkHashes, f.TreeRoot))])
                : Refusal.Malformed("manifest", "has a null where an object is needed", "send a manifest of files");
        }
        catch (JsonException e)
        {
            return Refusal.Malformed("manifest", $"cannot be read at {e.Path ?? "$"}", "send files with path, size, sha256, chunkSize, chunkHashes and treeRoot");
        }
    }
}

using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Grpc.Errors;
using Google.Protobuf;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>Manifests in parts, and pieces.</summary>
public static class ManifestWire
{
    private const int HashesPerPart = 1024 * 1024;
    private const int MaxFiles = 100_000;
    private const int MaxHashes = 64 * 1024 * 1024;

    public static IEnumerable<V1.ManifestPart> Write(Manifest manifest)
    {
        yield return new V1.ManifestPart { ContentType = manifest.ContentType, FileCount = manifest.Files.Length, Version = ManifestDigest.Of(manifest) };
        foreach (var file in manifest.Files)
        {
            yield return new V1.ManifestPart
            {
                File = new V1.ManifestFile
                {
                    Path = file.Path,
                    Size = file.Size,
                    Sha256 = UnsafeByteOperations.UnsafeWrap(file.Sha256),
                    ChunkSize = file.ChunkSize,
                    TreeRoot = UnsafeByteOperations.UnsafeWrap(file.TreeRoot),
                },
                ChunkHashes = UnsafeByteOperations.UnsafeWrap(file.ChunkHashes[..Math.Min(HashesPerPart, file.ChunkHashes.Length)]),
            };
            for (var at = HashesPerPart; at < file.ChunkHashes.Length; at += HashesPerPart)
            {
                yield return new V1.ManifestPart { ChunkHashes = UnsafeByteOperations.UnsafeWrap(file.ChunkHashes.Slice(at, Math.Min(HashesPerPart, file.ChunkHashes.Length - at))) };
            }
        }
    }

    /// <summary>Puts parts together until all files are there; the sums of sizes and hashes are the sink's to check.</summary>
    /// <exception cref="ExchangeBrokenException">The parts make no manifest.</exception>
    public static async ValueTask<Manifest> ReadAsync(IAsyncEnumerable<V1.ManifestPart> parts, CancellationToken cancel)
    {
        var files = ImmutableArray.CreateBuilder<ManifestFile>();
        var (contentType, expected, total) = ((string?)null, 0, 0L);
        V1.ManifestFile? open = null;
        var hashes = new MemoryStream();
        await foreach (var part in parts.WithCancellation(cancel))
        {
            contentType ??= WireChecks.Line(part.ContentType, "manifest.content_type", WireChecks.MaxId);
            expected = Math.Max(expected, part.FileCount);
            if (part.File is not null)
            {
                Close();
                open = part.File;
            }

            total += part.ChunkHashes.Length;
            if (total > MaxHashes || expected > MaxFiles || files.Count > expected)
            {
                throw new ExchangeBrokenException(Refusal.Malformed("manifest", "is larger than is taken", $"send at most {MaxFiles} files and {MaxHashes} bytes of hashes"));
            }

            part.ChunkHashes.WriteTo(hashes);
        }

        Close();
        return files.Count == expected
            ? new Manifest(contentType ?? "", files.ToImmutable())
            : throw new ExchangeBrokenException(Refusal.Malformed("manifest", $"has {files.Count} files, announced were {expected}", "send all of them"));

        void Close()
        {
            if (open is not null)
            {
                files.Add(new ManifestFile(WireChecks.Needed(open.Path, "manifest.path", WireChecks.MaxText), open.Size, open.Sha256.Memory, open.ChunkSize, hashes.ToArray(), open.TreeRoot.Memory));
            }

            hashes = new MemoryStream();
        }
    }

    public static V1.Piece Write(Piece piece) => new() { File = piece.File, Chunk = piece.Chunk, Data = UnsafeByteOperations.UnsafeWrap(piece.Bytes), EndsChunk = piece.EndsChunk };

    public static Piece Read(V1.Piece piece) => new(piece.File, piece.Chunk, piece.Data.Memory, piece.EndsChunk);
}

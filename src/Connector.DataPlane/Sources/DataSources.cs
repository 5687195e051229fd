using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.DataPlane.Files;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sources;

/// <summary>Provides files and folders of this machine.</summary>
/// <param name="cacheFolder">Where hashes of large files are kept over restarts; made when needed.</param>
/// <param name="time">The clock that files are stamped by.</param>
public sealed class DataSources(string cacheFolder, TimeProvider time) : IDataSources, IDisposable
{
    private readonly HashStore _hashes = new(cacheFolder, time);

    /// <inheritdoc/>
    /// <remarks>A folder's content type is always <see cref="ContentTypes.Folder"/>: the receiver tells a folder of one file by it.</remarks>
    public async ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel)
    {
        try
        {
            var manifest = source.Kind switch
            {
                "file" => new Manifest(contentType ?? ContentTypes.Of(source.Location), [await FileAsync(source.Location, Path.GetFileName(source.Location), cancel)]),
                "folder" => await FolderAsync(source.Location, cancel),
                _ => null,
            };
            return manifest is null
                ? Refusal.Malformed("source", $"the kind '{source.Kind}' is not known", "use 'file' or 'folder'")
                : ManifestRules.Check(manifest) is { } fault ? fault with { Mend = "rename or remove the file at fault in the dataset's source" } : manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Unavailable, "source-unreadable", "the dataset's source cannot be read at present", "source", "have the provider check that its source exists, may be read and does not change while it is read");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ExchangeBrokenException">The resume point lies outside of the dataset.</exception>
    public async IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (from.File < 0 || from.Chunk < 0 || from.File > manifest.Files.Length || from.Chunk > (from.File < manifest.Files.Length ? manifest.Files[from.File].ChunkCount : 0))
        {
            throw new ExchangeBrokenException(Refusal.Malformed("from", $"file {from.File}, chunk {from.Chunk} is not in the dataset", "ask for a chunk that the manifest lists"));
        }

        for (var i = from.File; i < manifest.Files.Length; i++)
        {
            var file = manifest.Files[i];
            var first = i == from.File ? from.Chunk : 0;
            if (first == file.ChunkCount)
            {
                continue;
            }

            var path = PathOf(source, file.Path);
            using var handle = Open(path, file.Path);
            var stamp = FileStamp.Of(handle);
            if (stamp.Size != file.Size || !(await _hashes.OfAsync(path, handle, stamp, cancel)).Sha256.AsSpan().SequenceEqual(file.Sha256.Span))
            {
                throw Changed(file.Path);
            }

            await foreach (var piece in FileReader.ReadAsync(handle, stamp, i, file, first, cancel))
            {
                yield return piece;
            }
        }
    }

    public void Dispose() => _hashes.Dispose();

    internal static IOException Changed(string path) => new($"the dataset's file '{path}' changed since its manifest was made");

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path, string name)
    {
        try
        {
            return RegularFiles.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the dataset's file '{name}' can no longer be read", e);
        }
    }

    private static string PathOf(DataSource source, string relative) =>
        PathRules.Fault(relative) is { } fault ? throw new IOException($"the dataset's file '{relative}' {fault}")
        : source.Kind == "file" ? source.Location
        : Path.Combine(source.Location, relative);

    private async ValueTask<Manifest> FolderAsync(string root, CancellationToken cancel)
    {
        var paths = FolderListing.Of(root, cancel);
        var files = ImmutableArray.CreateBuilder<ManifestFile>(paths.Count);
        foreach (var path in paths)
        {
            files.Add(await FileAsync(Path.Combine(root, path), path, cancel));
        }

        return new Manifest(ContentTypes.Folder, files.MoveToImmutable());
    }

    private async ValueTask<ManifestFile> FileAsync(string path, string name, CancellationToken cancel)
    {
        using var handle = RegularFiles.Open(path);
        var stamp = FileStamp.Of(handle);
        var hashes = await _hashes.OfAsync(path, handle, stamp, cancel);
        return new ManifestFile(name, stamp.Size, hashes.Sha256, hashes.ChunkSize, hashes.ChunkHashes, hashes.TreeRoot);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Data;

namespace Connector.Dsp.Sources;

/// <summary>
/// The newest and the last snapshot of each source, for consumers that need size and hashes ahead of the bytes. They are a cache: gone at the next start,
/// asked for anew (conditionally) when older than <see cref="FreshFor"/>.
/// </summary>
internal sealed class Snapshots(SourceCalls calls, IDataSources files, HttpDataOptions options, TimeProvider time)
{
    /// <summary>So long a snapshot stands without the source being asked: a consumer's call for the manifest and its call for the bytes find the same.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);
    private readonly Lazy<string> _folder = new(() => Emptied(options.SnapshotFolder), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>A snapshot that is fresh, taken now if need be. Whoever else asks for the same source meanwhile waits for it.</summary>
    public async ValueTask<Result<Snapshot>> TakeAsync(HttpSource source, CancellationToken cancel)
    {
        var shelf = _shelves.GetOrAdd(source.Key, _ => new Shelf());
        await shelf.Turn.WaitAsync(cancel);
        try
        {
            if (shelf.Newest is { } newest && time.GetUtcNow() - newest.TakenAt < FreshFor)
            {
                return newest;
            }

            var taken = await AskAsync(source, shelf, cancel);
            if (taken.Try(out var snapshot, out var refusal))
            {
                shelf.Put(snapshot);
                return snapshot;
            }

            return refusal;
        }
        finally
        {
            shelf.Turn.Release();
        }
    }

    /// <summary>The snapshot that a manifest is of; null when it is gone.</summary>
    public Snapshot? Of(HttpSource source, Manifest manifest) =>
        _shelves.TryGetValue(source.Key, out var shelf) ? shelf.Find(manifest) : null;

    private async ValueTask<Result<Snapshot>> AskAsync(HttpSource source, Shelf shelf, CancellationToken cancel)
    {
        var known = shelf.Newest;
        var asked = await calls.AskAsync(source, HttpMethod.Get, source.Address, request =>
        {
            if (known is { ETag: { } tag })
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            }

            if (known is { LastModified: { } since })
            {
                request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
            }
        }, cancel);
        if (!asked.Try(out var answer, out var refusal))
        {
            return refusal;
        }

        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.NotModified && known is not null)
            {
                return known with { TakenAt = time.GetUtcNow() };
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return SourceRefusals.Of(answer, time);
            }

            if (answer.Content.Headers.ContentLength > source.MaxBytes)
            {
                return SourceRefusals.TooLarge(source.MaxBytes);
            }

            try
            {
                return await FetchAsync(source, shelf, answer, cancel);
            }
            catch (ExchangeBrokenException e)
            {
                calls.Tell(source, e.Refusal.Message);
                return e.Refusal;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                calls.Tell(source, $"its answer cannot be kept: {e.Message}");
                return SourceRefusals.NoRoom;
            }
        }
    }

    private async ValueTask<Result<Snapshot>> FetchAsync(HttpSource source, Shelf shelf, HttpResponseMessage answer, CancellationToken cancel)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Key)).AsSpan(0, 16));
        var coming = Path.Combine(_folder.Value, $"{name}.new");
        await using (var stream = await answer.Content.ReadAsStreamAsync(cancel))
        await using (var to = new FileStream(coming, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            var body = calls.Body(source, stream);
            var block = new byte[64 * 1024];
            for (int read; (read = await body.ReadAsync(block, cancel)) > 0;)
            {
                await to.WriteAsync(block.AsMemory(0, read), cancel);
            }
        }

        // The place of the snapshot before the newest; whoever still reads that one reads on, as an open file stays what it is.
        var place = new DataSource("file", Path.Combine(_folder.Value, $"{name}.{shelf.Next}"));
        File.Move(coming, place.Location, overwrite: true);
        var type = answer.Content.Headers.ContentType?.MediaType ?? "application/octet-stream";
        if (!(await files.DescribeAsync(place, type, cancel)).Try(out var manifest, out var refusal))
        {
            return refusal;
        }

        var named = manifest with { Files = [manifest.Files[0] with { Path = FileNames.Of(answer.Content.Headers.ContentDisposition, source.Address) }] };
        return new Snapshot(place, named, PassedFields.Field(answer, "ETag"), PassedFields.Field(answer, "Last-Modified"), time.GetUtcNow());
    }

    private static string Emptied(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return PrivateFolder.Make(folder).FullName;
    }

    /// <summary>The two snapshots of one source, in two places that take turns.</summary>
    private sealed class Shelf
    {
        private Snapshot? _last;

        public SemaphoreSlim Turn { get; } = new(1);

        public Snapshot? Newest { get; private set; }

        public int Next { get; private set; }

        public void Put(Snapshot snapshot)
        {
            if (Newest is { } before && before.File != snapshot.File)
            {
                _last = before;
            }

            Next = snapshot.File == Newest?.File ? Next : 1 - Next;
            Newest = snapshot;
        }

        public Snapshot? Find(Manifest manifest) =>
            new[] { Newest, _last }.FirstOrDefault(s => s is not null && s.Manifest.Files[0].Sha256.Span.SequenceEqual(manifest.Files[0].Sha256.Span));
    }
}

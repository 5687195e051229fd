using System.Net;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Data;

namespace Connector.Dsp.Sources;

/// <summary>Asks a source for a newer snapshot than there is.</summary>
internal sealed class SnapshotCalls(SourceCalls calls, IDataSources files, TimeProvider time)
{
    /// <summary>The snapshot that is known, if the source says that it has not changed; else a new one in a place of the shelf, where nothing stays of one that failed.</summary>
    public async ValueTask<Result<Snapshot>> AskAsync(HttpSource source, SnapshotShelf shelf, CancellationToken cancel)
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
                return await FetchAsync(source, answer, shelf.Free(), cancel);
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

    private async ValueTask<Result<Snapshot>> FetchAsync(HttpSource source, HttpResponseMessage answer, string place, CancellationToken cancel)
    {
        var kept = false;
        try
        {
            await WriteAsync(source, answer, place, cancel);
            var file = new DataSource("file", place);
            var type = answer.Content.Headers.ContentType?.MediaType ?? "application/octet-stream";
            if (!(await files.DescribeAsync(file, type, cancel)).Try(out var manifest, out var refusal))
            {
                return refusal;
            }

            kept = true;
            var named = manifest with { Files = [manifest.Files[0] with { Path = FileNames.Of(answer.Content.Headers.ContentDisposition, source.Address) }] };
            return new Snapshot(file, named, PassedFields.Field(answer, "ETag"), PassedFields.Field(answer, "Last-Modified"), time.GetUtcNow());
        }
        finally
        {
            if (!kept)
            {
                File.Delete(place);
            }
        }
    }

    private async ValueTask WriteAsync(HttpSource source, HttpResponseMessage answer, string place, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        await using var to = new FileStream(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        var body = calls.Body(source, stream);
        var block = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(block, cancel)) > 0;)
        {
            await to.WriteAsync(block.AsMemory(0, read), cancel);
        }
    }
}

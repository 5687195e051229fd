using System.Globalization;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Data;

/// <summary>One file of a running pull as an HTTP answer: headers, and the bytes of the range that was asked for.</summary>
internal static class FileAnswer
{
    /// <exception cref="ExchangeBrokenException">The right to the data ended meanwhile, or its source changed.</exception>
    public static async Task WriteAsync(HttpContext context, Flow flow, int index, CancellationToken cancel)
    {
        var (request, response, file) = (context.Request, context.Response, flow.Manifest.Files[index]);
        var etag = Digests.ETag(file.Sha256.Span);
        var selection = RangeRules.Select(
            new RequestConditions(request.Headers.IfMatch, request.Headers.IfNoneMatch, request.Headers.IfRange, request.Headers.Range), etag, file.Size);
        response.StatusCode = selection.Status;
        response.Headers.ETag = etag;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        switch (selection.Status)
        {
            case StatusCodes.Status416RangeNotSatisfiable:
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
                response.ContentLength = 0;
                return;
            case StatusCodes.Status304NotModified or StatusCodes.Status412PreconditionFailed:
                return;
            default:
                break;
        }

        var digest = Digests.Field(file.Sha256.Span);
        response.Headers[Digests.Repr] = digest;
        response.ContentLength = selection.Length;
        response.ContentType = flow.Manifest.Files.Length == 1 && flow.Manifest.ContentType.Contains('/', StringComparison.Ordinal) ? flow.Manifest.ContentType : "application/octet-stream";
        if (selection.Status == StatusCodes.Status206PartialContent)
        {
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {selection.First}-{selection.First + selection.Length - 1}/{file.Size}");
        }
        else
        {
            response.Headers[Digests.Content] = digest;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        await CopyAsync(response.Body, flow, index, selection, cancel);
    }

    private static async Task CopyAsync(Stream to, Flow flow, int index, Selection selection, CancellationToken cancel)
    {
        var file = flow.Manifest.Files[index];
        var chunk = (int)(selection.First / file.ChunkSize);
        var skip = selection.First - ((long)chunk * file.ChunkSize);
        var left = selection.Length;
        if (left == 0)
        {
            return;
        }

        // Each write is awaited: a slow reader slows the reading of the source, and nothing piles up.
        await foreach (var piece in flow.ReadAsync(new ResumePoint(index, chunk), cancel))
        {
            var from = (int)Math.Min(skip, piece.Bytes.Length);
            skip -= from;
            var length = (int)Math.Min(left, piece.Bytes.Length - from);
            if (piece.File != index)
            {
                break;
            }

            await to.WriteAsync(piece.Bytes.Slice(from, length), cancel);
            left -= length;
            if (left == 0)
            {
                return;
            }
        }

        throw new ExchangeBrokenException(new Refusal(RefusalKind.Unavailable, "source-changed", "the source ended before its manifest's size", null, "ask again"));
    }
}

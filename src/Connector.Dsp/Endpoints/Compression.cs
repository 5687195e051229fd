using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connector.Dsp.Endpoints;

/// <summary>Large answers leave compressed where the caller takes that (DSP 2025-1, catalog HTTPS binding: gzip).</summary>
internal static class Compression
{
    private const int WorthIt = 4 * 1024;

    public static async Task WriteAsync(HttpContext http, byte[] body)
    {
        if (body.Length < WorthIt || !TakesGzip(http.Request))
        {
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
            return;
        }

        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(body, http.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
}

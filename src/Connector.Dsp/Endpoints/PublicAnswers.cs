using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connector.Dsp.Endpoints;

/// <summary>Documents for everybody, without a token: small, the same for all, and kept by caches for a while.</summary>
internal sealed class PublicAnswers(DspRoomOptions options)
{
    private static readonly string s_kept = FormattableString.Invariant($"public, max-age={(int)TimeSpan.FromMinutes(5).TotalSeconds}");

    /// <summary>Answers a GET; one whose entity tag the caller has already, without the body (RFC 9110 §13.1.2).</summary>
    public async Task WriteAsync(HttpContext http, byte[] document)
    {
        if (!options.Ports.Contains(http.Connection.LocalPort))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, 16))}\"");
        http.Response.Headers.CacheControl = s_kept;
        http.Response.Headers.ETag = tag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false) || t == EntityTagHeaderValue.Any))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "application/json";
        await Compression.WriteAsync(http, document);
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Endpoints;

/// <summary>The certificate that the caller's connection shows, as tokens are bound to it (RFC 8705 <c>x5t#S256</c>).</summary>
internal static class CallerCertificate
{
    private static readonly object s_key = new();

    /// <summary>Null without one. Computed once a connection.</summary>
    public static string? PinOf(HttpContext http)
    {
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return null;
        }

        if (http.Features.Get<IConnectionItemsFeature>()?.Items is not { } items)
        {
            return Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
        }

        if (!items.TryGetValue(s_key, out var known))
        {
            items[s_key] = known = Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
        }

        return (string?)known;
    }
}

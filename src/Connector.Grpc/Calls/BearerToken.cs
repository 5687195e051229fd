using Microsoft.AspNetCore.Http;

namespace Connector.Grpc.Calls;

/// <summary>The bearer token of a call (RFC 6750, section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token without its scheme; null when the call has none, or more than one.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && only.Length > Scheme.Length
            ? only[Scheme.Length..].Trim()
            : null;
}

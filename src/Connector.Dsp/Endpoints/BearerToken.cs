using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Endpoints;

/// <summary>The access token of a call, which deployed connectors send with or without its scheme.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const int Longest = 8 * 1024;

    /// <summary>Null when there is none, or several.</summary>
    public static string? Of(HttpRequest request)
    {
        var field = request.Headers.Authorization;
        if (field.Count != 1 || field[0] is not { Length: > 0 and <= Longest } text)
        {
            return null;
        }

        var token = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].Trim() : text.Trim();
        return token.Length == 0 ? null : token;
    }
}

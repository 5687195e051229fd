using System.Buffers.Text;
using System.Text.Json;

namespace Connector.Dsp.Data;

/// <summary>The claim <c>token</c> of an identity token that has been found valid already.</summary>
internal static class TokenClaim
{
    /// <summary>Null when there is none, or the token is no JWT.</summary>
    public static string? Of(string? jwt)
    {
        if (jwt?.Split('.') is not [_, var payload, _])
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.TryGetProperty("token", out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

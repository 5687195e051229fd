using Connector.ControlPlane;

namespace Connector.Trust.Tokens;

/// <summary>The checks of a token's times, audience and binding: pure, on a token whose signature has been verified.</summary>
internal static class TokenRules
{
    /// <summary>Checks <c>exp</c>, <c>nbf</c> and <c>iat</c> (RFC 7519 §4.1.4 to §4.1.6).</summary>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="skew">Seconds.</param>
    /// <param name="maximumLifetime">Seconds from <c>iat</c> to <c>exp</c>; null for any, and then <c>iat</c> is not required.</param>
    public static Refusal? Times(ReceivedToken token, long now, long skew, long? maximumLifetime)
    {
        if (token.Expires is not { } expires)
            return TokenRefusals.Malformed("it has no 'exp'");
        if (maximumLifetime is not null && token.IssuedAt is null)
            return TokenRefusals.Malformed("it has no 'iat'");
        if (now - skew >= expires)
            return TokenRefusals.Expired(expires, now);
        var from = Math.Max(token.NotBefore ?? 0, token.IssuedAt ?? 0);
        if (from > now + skew)
            return TokenRefusals.NotYetValid(from, now);
        return maximumLifetime is { } maximum && token.IssuedAt is { } issued && expires - issued > maximum
            ? TokenRefusals.Lifetime(expires - issued, maximum)
            : null;
    }

    /// <summary>Checks that the token is meant for this connector.</summary>
    public static Refusal? Audience(ReceivedToken token, string expected)
    {
        foreach (var audience in token.Audience)
        {
            if (audience == expected)
                return null;
        }

        return TokenRefusals.Audience(expected);
    }

    /// <summary>Checks the binding to the connection's TLS client certificate (RFC 8705 §3).</summary>
    /// <param name="bound">The token's <c>x5t#S256</c>, or null.</param>
    /// <param name="presented">The connection's, or null.</param>
    public static Refusal? Binding(string? bound, string? presented, bool required)
    {
        if (bound is null)
            return required ? TokenRefusals.NotBound() : null;
        return bound == presented ? null : TokenRefusals.BoundElsewhere(presented is not null);
    }
}

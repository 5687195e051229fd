using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Trust.Oidc;

/// <summary>What an issuer publishes of itself: its token endpoint and its keys by <c>kid</c>.</summary>
/// <param name="MutualTlsTokenEndpoint">The endpoint that binds tokens to the client's certificate (RFC 8705 §5), or null.</param>
internal sealed record IssuerFacts(string? TokenEndpoint, string? MutualTlsTokenEndpoint, FrozenDictionary<string, SecurityKey> Keys)
{
    private const int MinimumRsaBits = 2048;
    private const int MaximumKeys = 64;

    /// <summary>The key that a token names; the only one there is when it names none.</summary>
    public SecurityKey? Key(string? keyId) =>
        keyId is not null ? Keys.GetValueOrDefault(keyId) : Keys.Count == 1 ? Keys.Values[0] : null;

    /// <summary>The asymmetric signing keys of a JWK set, weak ones left out.</summary>
    public static FrozenDictionary<string, SecurityKey> SigningKeys(string keySet)
    {
        var keys = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        foreach (var key in new JsonWebKeySet(keySet).GetSigningKeys().Take(MaximumKeys))
        {
            if (IsStrong(key))
                keys.TryAdd(key.KeyId ?? "", key);
        }

        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static bool IsStrong(SecurityKey key) => key switch
    {
        RsaSecurityKey or X509SecurityKey => key.KeySize >= MinimumRsaBits,
        ECDsaSecurityKey => true,
        JsonWebKey { Kty: "RSA" } => key.KeySize >= MinimumRsaBits,
        JsonWebKey { Kty: "EC" } => true,
        _ => false,
    };
}

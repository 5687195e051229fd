using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Connector.ControlPlane;
using Connector.Trust.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Trust.Oidc;

/// <summary>Client assertions (RFC 7523 §2.2 and §3): how this connector proves itself to an issuer, by <c>private_key_jwt</c>.</summary>
internal sealed class ClientAssertions(KeyRing keys, IIds ids, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>An assertion for one token request.</summary>
    /// <param name="audience">The issuer, or its token endpoint where it wants that.</param>
    public string For(string clientId, string audience)
    {
        var key = keys.Current;
        using var ecdsa = key.Open();
        var signing = new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = key.Id }, SecurityAlgorithms.EcdsaSha256)
        {
            // The key object lives for this call only, so nothing may keep a signer made of it.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        var now = time.GetUtcNow();
        var token = new JwtSecurityToken(
            issuer: clientId,
            audience: audience,
            claims:
            [
                new Claim(JwtRegisteredClaimNames.Sub, clientId),
                new Claim(JwtRegisteredClaimNames.Jti, ids.NewId()),
                new Claim(JwtRegisteredClaimNames.Iat, EpochTime.GetIntDate(now.UtcDateTime).ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            ],
            notBefore: now.UtcDateTime,
            expires: (now + Lifetime).UtcDateTime,
            signingCredentials: signing);
        return new JwtSecurityTokenHandler().WriteToken(token);
    }
}

using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Testing;

/// <summary>A signing key of an issuer and its public JWK.</summary>
internal sealed record IssuerKey(SigningCredentials Signing, string PublicJwk)
{
    public static IssuerKey Make(string algorithm)
    {
        var id = Guid.NewGuid().ToString("N");
        if (algorithm == SecurityAlgorithms.EcdsaSha256)
        {
            var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var q = ecdsa.ExportParameters(false).Q;
            return new IssuerKey(
                new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = id }, algorithm),
                $$"""{"kty":"EC","crv":"P-256","use":"sig","kid":"{{id}}","x":"{{Base64UrlEncoder.Encode(q.X)}}","y":"{{Base64UrlEncoder.Encode(q.Y)}}"}""");
        }

        var rsa = RSA.Create(2048);
        var p = rsa.ExportParameters(false);
        return new IssuerKey(
            new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = id }, algorithm),
            $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{Base64UrlEncoder.Encode(p.Modulus)}}","e":"{{Base64UrlEncoder.Encode(p.Exponent)}}"}""");
    }
}

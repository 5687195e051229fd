using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Trust.Tests.Tokens;

/// <summary>Our tokens and those of a widely used library are the same kind of thing.</summary>
public sealed class InteroperationTests() : TwoParties(presents: true)
{
    [Theory]
    [InlineData(null)]
    [InlineData("access")]
    public async Task A_library_validates_our_token_by_our_published_keys(string? accessToken)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(_cells.SelfIssued.For(_cathode.Id, accessToken).Split('~')[0], new TokenValidationParameters
        {
            ValidIssuer = _cells.Id,
            ValidAudience = _cathode.Id,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKeys = new Microsoft.IdentityModel.Tokens.JsonWebKeySet(_cells.Keys.PublicKeySet).GetSigningKeys(),
            LifetimeValidator = (from, until, _, _) => from == Party.Start.UtcDateTime && until == Party.Start.UtcDateTime.AddSeconds(60),
        });
        Assert.True(result.IsValid, result.Exception?.ToString());
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal(_cells.Id, token.Subject);
        Assert.NotEmpty(token.Id);
        Assert.Equal(accessToken is null, token.TryGetClaim("reuse", out _));
        Assert.Contains(_cells.Pin, token.GetClaim("cnf").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task We_validate_a_librarys_token_by_its_published_keys()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = ecdsa.ExportParameters(false).Q;
        _cathode.Peers.Apply(_cells.Document() with
        {
            Keys = [$$"""{"kty":"EC","crv":"P-256","kid":"key-1","x":"{{Base64UrlEncoder.Encode(q.X)}}","y":"{{Base64UrlEncoder.Encode(q.Y)}}"}"""],
        });
        foreach (var keyId in new[] { "key-1", $"{_cells.Id}#key-1" })
        {
            var token = new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
                _cells.Id,
                _cathode.Id,
                [
                    new("sub", _cells.Id),
                    new("jti", keyId),
                    new("iat", $"{Party.Start.ToUnixTimeSeconds()}", System.Security.Claims.ClaimValueTypes.Integer64),
                ],
                Party.Start.UtcDateTime,
                Party.Start.UtcDateTime.AddSeconds(60),
                new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256)));
            var result = await _cathode.Authenticator.AuthenticateAsync(token, null, default);
            Assert.False(result.Refused, result.Refusal?.ToString());
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Testing;

/// <summary>
/// An OAuth 2 / OpenID Connect issuer on a free port of this machine: HTTPS, discovery, JWK set, and a token endpoint for client
/// credentials that verifies <c>private_key_jwt</c> (RFC 7523) and binds tokens to the client's certificate (RFC 8705).
/// </summary>
public sealed class OidcIssuer : IAsyncDisposable
{
    private static readonly string[] AuthenticationMethods = ["private_key_jwt"];

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, OidcClient> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _usedAssertions = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private IssuerKey[] _keys = [IssuerKey.Make(SecurityAlgorithms.RsaSha256)];
    private int _discoveryRequests;
    private int _keyRequests;
    private int _tokenRequests;

    private OidcIssuer(WebApplication app, X509Certificate2 certificate, TimeProvider time)
    {
        _app = app;
        _certificate = certificate;
        _time = time;
    }

    /// <summary>The issuer's URL.</summary>
    public string Url => _app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>base64url SHA-256 of its TLS certificate.</summary>
    public string CertificatePin => Base64UrlEncoder.Encode(SHA256.HashData(_certificate.RawData));

    /// <summary>While false it answers 503 to everything.</summary>
    public bool Available { get; set; } = true;

    /// <summary>Life of the tokens it gives, seconds.</summary>
    public int Lifetime { get; set; } = 300;

    public int DiscoveryRequests => _discoveryRequests;

    public int KeyRequests => _keyRequests;

    public int TokenRequests => _tokenRequests;

    /// <summary>The <c>aud</c> of the last client assertion that it accepted.</summary>
    public string? LastAssertionAudience { get; private set; }

    public static async Task<OidcIssuer> StartAsync(TimeProvider time)
    {
        var certificate = MakeCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = static (_, _, _) => true,
        })));
        var app = builder.Build();
        var issuer = new OidcIssuer(app, certificate, time);
        app.Use(async (context, next) =>
        {
            if (issuer.Available)
                await next(context);
            else
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        });
        app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        app.MapGet("/jwks", issuer.KeySet);
        app.MapPost("/token", (Delegate)issuer.TokenAsync);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>Registers a client with its public keys, or replaces it.</summary>
    public void Register(OidcClient client) => _clients[client.Id] = client;

    /// <summary>Signs with a new key from now on; the former ones stay published or go.</summary>
    /// <param name="algorithm">RS256, PS256 or ES256.</param>
    public void Rotate(string algorithm = SecurityAlgorithms.RsaSha256, bool keepFormer = true) =>
        _keys = keepFormer ? [.. _keys, IssuerKey.Make(algorithm)] : [IssuerKey.Make(algorithm)];

    /// <summary>Signs any claims with its newest key, as it would an access token.</summary>
    public string Issue(IDictionary<string, object> claims) =>
        _handler.CreateToken(new SecurityTokenDescriptor { Claims = claims, SigningCredentials = _keys[^1].Signing, TokenType = "at+jwt" });

    /// <summary>Signs any payload, JSON or not.</summary>
    public string Issue(string payload)
    {
        var header = Base64UrlEncoder.Encode($$"""{"alg":"{{_keys[^1].Signing.Algorithm}}","kid":"{{_keys[^1].Signing.Key.KeyId}}","typ":"at+jwt"}""");
        var signed = $"{header}.{Base64UrlEncoder.Encode(payload)}";
        return $"{signed}.{JwtTokenUtilities.CreateEncodedSignature(signed, _keys[^1].Signing)}";
    }

    /// <summary>The claims of a good token for this client.</summary>
    public Dictionary<string, object> ClaimsOf(OidcClient client, string audience)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(client.Claims, StringComparer.Ordinal)
        {
            ["iss"] = Url,
            ["aud"] = audience,
            ["client_id"] = client.Id,
            ["iat"] = now,
            ["exp"] = now + Lifetime,
            ["jti"] = Guid.NewGuid().ToString(),
        };
        return claims;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private IResult Discovery()
    {
        Interlocked.Increment(ref _discoveryRequests);
        return Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Url,
            ["jwks_uri"] = $"{Url}/jwks",
            ["token_endpoint"] = $"{Url}/token",
            ["token_endpoint_auth_methods_supported"] = AuthenticationMethods,
            ["tls_client_certificate_bound_access_tokens"] = true,
        });
    }

    private IResult KeySet()
    {
        Interlocked.Increment(ref _keyRequests);
        return Results.Text($$"""{"keys":[{{string.Join(',', _keys.Select(static key => key.PublicJwk))}}]}""", "application/json");
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        Interlocked.Increment(ref _tokenRequests);
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials")
            return Refuse("unsupported_grant_type", "only client_credentials");
        if (form["client_assertion_type"] != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            return Refuse("invalid_client", "only private_key_jwt");
        if (!_clients.TryGetValue(form["client_id"].ToString(), out var client))
            return Refuse("invalid_client", "no such client");
        if (await WhyNotAsync(form["client_assertion"].ToString(), client) is { } fault)
            return Refuse("invalid_client", fault);
        var target = form["resource"].FirstOrDefault() ?? form["audience"].FirstOrDefault() ?? client.DefaultAudience;
        var claims = ClaimsOf(client, target);
        if (form["scope"].FirstOrDefault() is { } scope)
            claims["scope"] = scope;
        if (context.Connection.ClientCertificate is { } certificate)
            claims["cnf"] = new Dictionary<string, object> { ["x5t#S256"] = Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData)) };
        return Results.Json(new Dictionary<string, object> { ["access_token"] = Issue(claims), ["token_type"] = "Bearer", ["expires_in"] = Lifetime });
    }

    private async Task<string?> WhyNotAsync(string assertion, OidcClient client)
    {
        var result = await _handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = client.Id,
            ValidAudiences = [Url, $"{Url}/token"],
            IssuerSigningKeys = new JsonWebKeySet(client.KeySet).GetSigningKeys(),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            LifetimeValidator = (from, until, _, _) => from <= _time.GetUtcNow().UtcDateTime && _time.GetUtcNow().UtcDateTime < until,
        });
        if (!result.IsValid)
            return result.Exception.GetType().Name;
        var token = (JsonWebToken)result.SecurityToken;
        if (token.Subject != client.Id)
            return "sub is not the client";
        if (!_usedAssertions.TryAdd(token.Id, true))
            return "the assertion was used before";
        LastAssertionAudience = token.Audiences.Single();
        return null;
    }

    private static IResult Refuse(string error, string description) =>
        Results.Json(new { error, error_description = description }, statusCode: StatusCodes.Status401Unauthorized);
}

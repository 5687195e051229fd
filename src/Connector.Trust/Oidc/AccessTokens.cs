using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.ControlPlane;
using Connector.Trust.Signing;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Oidc;

/// <summary>
/// Access tokens of this connector, by client credentials (RFC 6749 §4.4) with a signed client assertion. Each is used until shortly
/// before it expires, or until the certificate is replaced that it may be bound to; several calls that need one at the same time cause one request.
/// </summary>
/// <param name="presented">The pin of the certificate that the issuer is shown, or null; asked at each call.</param>
internal sealed class AccessTokens(OidcOptions options, IssuerMetadata issuer, HttpClient http, ClientAssertions assertions, Func<string?> presented, TimeProvider time, ILogger log)
{
    private const int MaximumTargets = 10_000;
    private const int AssumedLifetime = 60; // seconds, when the issuer does not tell (RFC 6749 §5.1 leaves it open)
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<Held>> _held = new(StringComparer.Ordinal);

    /// <summary>A token for calls to this participant.</summary>
    public async ValueTask<Result<string>> ForAsync(string participantId, CancellationToken cancel)
    {
        var target = options.TargetParameter is null ? "" : participantId;
        return (await Hold(target).WaitAsync(cancel)).Token;
    }

    private Task<Held> Hold(string target)
    {
        var certificate = presented();
        lock (_lock)
        {
            if (_held.TryGetValue(target, out var held) && (!held.IsCompletedSuccessfully || (time.GetUtcNow() < held.Result.UseUntil && held.Result.Certificate == certificate)))
                return held;
            if (_held.Count >= MaximumTargets)
                _held.Clear();
            return _held[target] = Task.Run(() => RequestAsync(target, certificate));
        }
    }

    private async Task<Held> RequestAsync(string target, string? certificate)
    {
        try
        {
            return await AskAsync(target, certificate);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Failed(fault.Message);
        }
    }

    private async Task<Held> AskAsync(string target, string? certificate)
    {
        if (await issuer.GetAsync(CancellationToken.None) is not { } facts)
            return Failed("it cannot be reached, or its discovery document cannot be used");
        var endpoint = options.RequireCertificateBinding ? facts.MutualTlsTokenEndpoint ?? facts.TokenEndpoint : facts.TokenEndpoint;
        if (endpoint is null)
            return Failed("its discovery document names no token endpoint");
        using var request = new ClientCredentialsTokenRequest
        {
            Address = endpoint,
            ClientId = options.ClientId,
            ClientCredentialStyle = ClientCredentialStyle.PostBody,
            ClientAssertion = new ClientAssertion
            {
                Type = OidcConstants.ClientAssertionTypes.JwtBearer,
                Value = assertions.For(options.ClientId, options.AssertionForTokenEndpoint ? endpoint : options.Issuer),
            },
            Scope = options.Scope,
        };
        if (options.TargetParameter is { } parameter)
            request.Parameters.Add(parameter, target);
        var answer = await http.RequestClientCredentialsTokenAsync(request);
        if (answer.IsError || answer.AccessToken is null)
            return Failed(await ReasonAsync(answer));
        if (!string.Equals(answer.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
            return Failed($"its token is of type '{Shown.Of(answer.TokenType)}', and only Bearer is understood");
        var lifetime = TimeSpan.FromSeconds(answer.ExpiresIn > 0 ? answer.ExpiresIn : AssumedLifetime);
        var margin = lifetime / 5 < Margin ? lifetime / 5 : Margin;
        return new Held(answer.AccessToken, time.GetUtcNow() + lifetime - margin, certificate);
    }

    /// <summary>The issuer's own words (RFC 6749 §5.2); they stand in the body of a 401 too.</summary>
    private static async Task<string> ReasonAsync(TokenResponse answer)
    {
        if (answer.Error is { } error && answer.ErrorType == ResponseErrorType.Protocol)
            return $"{Shown.Of(error)} {Shown.Of(answer.ErrorDescription)}".TrimEnd();
        try
        {
            if (answer.HttpResponse is { } http && JsonNode.Parse(await http.Content.ReadAsStringAsync()) is JsonObject body)
                return $"{(int)http.StatusCode} {Shown.Of(body["error"]?.ToString())} {Shown.Of(body["error_description"]?.ToString())}".TrimEnd();
        }
        catch (JsonException)
        {
            // Not from an OAuth endpoint, then: the status says all there is.
        }

        return Shown.Of(answer.Error ?? "no answer");
    }

    private Held Failed(string why)
    {
        Log.NoAccessToken(log, options.Issuer, why);
        var refusal = new Refusal(
            RefusalKind.Unavailable,
            "issuer-no-token",
            $"issuer {options.Issuer} of trust domain '{options.Name}' gave no access token: {why}",
            null,
            $"check that the issuer is reachable and knows client '{options.ClientId}' with this connector's public keys");
        return new Held(refusal, DateTimeOffset.MinValue, null);
    }

    private sealed record Held(Result<string> Token, DateTimeOffset UseUntil, string? Certificate);
}

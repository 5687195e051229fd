using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Trust.Oidc;

/// <summary>Validates access tokens that peers got from an issuer, and turns their claims into a <see cref="Peer"/>'s.</summary>
internal sealed class AccessTokenCheck(OidcOptions options, IssuerMetadata issuer, IPeerDirectory peers, TimeProvider time, TimeSpan skew)
{
    private const int Capacity = 10_000;
    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly SeenTokens<Seen> _seen = new(Capacity);

    public async ValueTask<Result<Peer>> ValidateAsync(ReceivedToken token, string? certificate, CancellationToken cancel)
    {
        if (!Algorithms.Contains(token.Algorithm))
            return TokenRefusals.Algorithm(token.Algorithm, string.Join(", ", Algorithms));
        if (token.Type is not null && !Types.Contains(token.Type, StringComparer.OrdinalIgnoreCase))
            return TokenRefusals.Type(token.Type);
        if (await issuer.GetAsync(cancel) is not { } facts)
            return Unreachable();
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var seen = _seen.Find(token.Text);
        if (seen is null || !ReferenceEquals(seen.Facts, facts))
        {
            if (facts.Key(token.KeyId) is null && await issuer.AgainAsync(cancel) is { } newer)
                facts = newer;
            if (facts.Key(token.KeyId) is not { } key)
                return TokenRefusals.KeyUnknown(token.KeyId ?? "");
            if (await SignatureAsync(token, key) is { } refusal)
                return refusal;
            seen = null;
        }

        var wrong = TokenRules.Times(token, now, (long)skew.TotalSeconds, (long)options.MaximumLifetime.TotalSeconds)
            ?? TokenRules.Binding(token.BoundCertificate, certificate, options.RequireCertificateBinding);
        if (wrong is not null)
            return wrong;
        if (seen is null || !ReferenceEquals(peers.ById(seen.Peer.ParticipantId), seen.Entry))
        {
            if (!Identify(token).Try(out var identified, out var refusal))
                return refusal;
            seen = identified with { Facts = facts };
            _seen.Add(token.Text, seen, token.Expires!.Value, now);
        }

        return OfThisPeer(seen.Entry, certificate) is { } notPinned ? notPinned : seen.Peer;
    }

    private static Refusal? OfThisPeer(PeerEntry? entry, string? certificate) =>
        certificate is null || entry is null || entry.CertificatePins.IsDefaultOrEmpty || entry.CertificatePins.Contains(certificate)
            ? null
            : TokenRefusals.CertificateNotPinned();

    private async Task<Refusal?> SignatureAsync(ReceivedToken token, SecurityKey key)
    {
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidateLifetime = false, // by TokenRules, with this connector's clock
        };
        var result = await _handler.ValidateTokenAsync(token.Text, parameters);
        return result.IsValid ? null : result.Exception switch
        {
            SecurityTokenInvalidAudienceException => TokenRefusals.Audience(options.Audience),
            SecurityTokenInvalidIssuerException => TokenRefusals.IssuerUnknown(token.Issuer),
            SecurityTokenInvalidAlgorithmException => TokenRefusals.Algorithm(token.Algorithm, string.Join(", ", Algorithms)),
            _ => TokenRefusals.Signature(),
        };
    }

    private Result<Seen> Identify(ReceivedToken token)
    {
        using var payload = JsonDocument.Parse(token.Payload);
        if (!TokenClaims.Values(payload.RootElement, options.ParticipantIdClaim).Try(out var ids, out var refusal))
            return refusal;
        if (ids is not [{ Length: > 0 } participantId])
            return TokenRefusals.Subject($"(claim '{options.ParticipantIdClaim}' is missing, or is not one text)");
        var entry = peers.ById(participantId);
        if (entry is not null && entry.Trust != options.Name)
            return TokenRefusals.OtherDomain(participantId);
        if (!TokenClaims.Map(payload.RootElement, options.ClaimMap, $"token of {options.Issuer}").Try(out var claims, out refusal))
            return refusal;
        // What the operator wrote into the peer's document weighs more than what a token says.
        if (entry is not null)
            claims = claims.SetItems(entry.Claims);
        var peer = new Peer(participantId, claims, $"token of {options.Issuer}", DateTimeOffset.FromUnixTimeSeconds(token.Expires!.Value));
        return new Seen(peer, entry, null);
    }

    private Refusal Unreachable() =>
        new(RefusalKind.Unavailable, "issuer-unavailable", $"the keys of trust domain '{options.Name}' cannot be had just now", null, "call again later");

    private sealed record Seen(Peer Peer, PeerEntry? Entry, IssuerFacts? Facts);
}

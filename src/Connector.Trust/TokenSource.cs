using System.Collections.Frozen;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Oidc;
using Connector.Trust.Tokens;

namespace Connector.Trust;

/// <summary>Proves this connector's identity in the way that the peer's document names: a self-issued token, or one of a domain's issuer.</summary>
public sealed class TokenSource : ITokenSource
{
    private readonly SelfIssuedTokens _selfIssued;
    private readonly FrozenDictionary<string, OidcDomain> _domains;
    private readonly FrozenDictionary<string, StaticDomain> _statics;

    /// <exception cref="TrustException">Two domains have the same name.</exception>
    public TokenSource(SelfIssuedTokens selfIssued, IEnumerable<OidcDomain> domains, IEnumerable<StaticDomain>? statics = null)
    {
        _statics = (statics ?? []).ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);
        _selfIssued = selfIssued;
        var byName = new Dictionary<string, OidcDomain>(StringComparer.Ordinal);
        foreach (var domain in domains)
        {
            if (!byName.TryAdd(domain.Name, domain))
                throw new TrustException($"two trust domains are called '{domain.Name}'; names must differ");
        }

        _domains = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ValueTask<Result<string>> TokenForRefreshAsync(PeerEntry peer, string accessToken, CancellationToken cancel) => peer.Trust == PinnedTokens.Domain
        ? ValueTask.FromResult<Result<string>>(_selfIssued.For(peer.ParticipantId, accessToken))
        : TokenForAsync(peer, cancel);

    public ValueTask<Result<string>> TokenForAsync(PeerEntry peer, CancellationToken cancel)
    {
        if (peer.Trust == PinnedTokens.Domain)
            return ValueTask.FromResult<Result<string>>(_selfIssued.For(peer.ParticipantId));
        if (_statics.TryGetValue(peer.Trust, out var fixedToken))
            return ValueTask.FromResult<Result<string>>(fixedToken.Token ?? "");
        return _domains.TryGetValue(peer.Trust, out var domain)
            ? domain.TokenForAsync(peer.ParticipantId, cancel)
            : ValueTask.FromResult<Result<string>>(new Refusal(
                RefusalKind.Internal,
                "trust-domain-unknown",
                $"peer '{peer.Name}' is known by trust domain '{peer.Trust}', which is not configured",
                "trust",
                $"use '{PinnedTokens.Domain}' or one of: {string.Join(", ", _domains.Keys.Order(StringComparer.Ordinal))}"));
    }
}

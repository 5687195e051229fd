using System.Collections.Frozen;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Oidc;
using Connector.Trust.Tokens;

namespace Connector.Trust;

/// <summary>
/// Finds out who calls, by the token's issuer: a pinned peer that issued it itself, or a configured issuer that vouches for its
/// bearer. A third way there is on one machine alone, for conformance runs: a token that never changes.
/// </summary>
public sealed class PeerAuthenticator : IPeerAuthenticator
{
    private readonly IPeerDirectory _peers;
    private readonly PinnedTokens _pinned;
    private readonly TokenOptions _options;
    private readonly FrozenDictionary<string, OidcDomain> _domains;
    private readonly StaticDomain[] _statics;

    /// <exception cref="TrustException">Two domains have the same issuer.</exception>
    public PeerAuthenticator(IPeerDirectory peers, PinnedTokens pinned, IEnumerable<OidcDomain> domains, TokenOptions options, IEnumerable<StaticDomain>? statics = null)
    {
        _statics = [.. statics ?? []];
        _peers = peers;
        _pinned = pinned;
        _options = options;
        var byIssuer = new Dictionary<string, OidcDomain>(StringComparer.Ordinal);
        foreach (var domain in domains)
        {
            if (!byIssuer.TryAdd(domain.Issuer, domain))
                throw new TrustException($"trust domains '{byIssuer[domain.Issuer].Name}' and '{domain.Name}' have the same issuer {domain.Issuer}; keep one");
        }

        _domains = byIssuer.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ValueTask<Result<Peer>> AuthenticateAsync(string? token, string? clientCertificateThumbprint, CancellationToken cancel)
    {
        foreach (var one in _statics)
        {
            if (one.Authenticate(token) is { } known)
                return ValueTask.FromResult<Result<Peer>>(known);
        }

        if (!TokenReader.Read(token, _options.MaximumLength).Try(out var received, out var refusal))
            return ValueTask.FromResult<Result<Peer>>(refusal);
        if (received.Issuer is not { Length: > 0 } issuer)
            return ValueTask.FromResult<Result<Peer>>(TokenRefusals.Malformed("it has no 'iss'"));
        if (_peers.ById(issuer) is { } peer)
        {
            return ValueTask.FromResult<Result<Peer>>(peer.Trust == PinnedTokens.Domain
                ? _pinned.Validate(received, peer, clientCertificateThumbprint)
                : TokenRefusals.OtherDomain(peer.ParticipantId));
        }

        return _domains.TryGetValue(issuer, out var domain)
            ? domain.ValidateAsync(received, clientCertificateThumbprint, cancel)
            : ValueTask.FromResult<Result<Peer>>(TokenRefusals.IssuerUnknown(issuer));
    }
}

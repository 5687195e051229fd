using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Connector.Trust.Tokens;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Oidc;

/// <summary>One OAuth 2 trust domain, both sides: getting tokens from its issuer, and checking those that peers got there.</summary>
public sealed class OidcDomain : IDisposable
{
    private readonly HttpClient _http;
    private readonly AccessTokens _own;
    private readonly AccessTokenCheck _peers;

    /// <param name="identity">The certificate to present to the issuer, or null for none.</param>
    /// <param name="skew">How far clocks may be off.</param>
    /// <exception cref="TrustException">The options name no https issuer, or the name of another way of trust.</exception>
    public OidcDomain(OidcOptions options, KeyRing keys, TlsIdentity? identity, IPeerDirectory peers, IIds ids, TimeProvider time, TimeSpan skew, ILogger<OidcDomain> log)
    {
        if (options.Name is "" or PinnedTokens.Domain)
            throw new TrustException($"trust domain '{options.Name}': an OAuth domain needs a name of its own, other than '{PinnedTokens.Domain}'");
        if (!Uri.TryCreate(options.Issuer, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            throw new TrustException($"trust domain '{options.Name}': issuer '{options.Issuer}' must be an https URL");
        Name = options.Name;
        Issuer = options.Issuer;
        _http = IssuerClient.Create(options, identity, time);
        var issuer = new IssuerMetadata(options, _http, time, log);
        _own = new AccessTokens(options, issuer, _http, new ClientAssertions(keys, ids, time), () => identity?.Pin, time, log);
        _peers = new AccessTokenCheck(options, issuer, peers, time, skew);
    }

    public string Name { get; }

    public string Issuer { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>A token for calls to this participant.</summary>
    internal ValueTask<Result<string>> TokenForAsync(string participantId, CancellationToken cancel) => _own.ForAsync(participantId, cancel);

    internal ValueTask<Result<Peer>> ValidateAsync(ReceivedToken token, string? certificate, CancellationToken cancel) =>
        _peers.ValidateAsync(token, certificate, cancel);
}

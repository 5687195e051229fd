using System.Collections.Immutable;

namespace Connector.Trust.Oidc;

/// <summary>A trust domain whose members are vouched for by an OAuth 2 / OpenID Connect issuer.</summary>
public sealed record OidcOptions
{
    /// <summary>The domain's name, as peer documents give it in <c>trust</c>; not <c>pinned</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The issuer's URL, exactly as its tokens have it in <c>iss</c>; discovery is asked for below it. https only.</summary>
    public required string Issuer { get; init; }

    /// <summary>What peers' tokens must have in <c>aud</c> to be meant for this connector.</summary>
    public required string Audience { get; init; }

    /// <summary>This connector's client id at the issuer, which holds its public keys.</summary>
    public required string ClientId { get; init; }

    /// <summary>The scope asked for, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// The token request's parameter that names the called peer (<c>resource</c>, RFC 8707, or <c>audience</c>), so that each token is
    /// meant for one peer; null when the issuer decides the audience alone.
    /// </summary>
    public string? TargetParameter { get; init; }

    /// <summary>Our claim's name to the token's, such as <c>membership</c> to <c>realm_access.roles</c> (dots lead into objects).</summary>
    public ImmutableDictionary<string, string> ClaimMap { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The token's claim that holds the participant id.</summary>
    public string ParticipantIdClaim { get; init; } = "sub";

    /// <summary>Refuse tokens that are not bound to the caller's TLS certificate (RFC 8705).</summary>
    public bool RequireCertificateBinding { get; init; }

    /// <summary>
    /// Pins (base64url SHA-256) of the issuer's TLS certificate, or of an authority's that it sends along. Without pins and
    /// <see cref="IssuerAuthorityFile"/> the system's trust store decides.
    /// </summary>
    public ImmutableArray<string> IssuerPins { get; init; } = [];

    /// <summary>Certificates, PEM, of the authorities that may vouch for the issuer's TLS certificate; null for none.</summary>
    public string? IssuerAuthorityFile { get; init; }

    /// <summary>Base addresses, other than the issuer's, below which its endpoints may lie.</summary>
    public ImmutableArray<string> EndpointAddresses { get; init; } = [];

    /// <summary>Put the token endpoint's address into the client assertion's <c>aud</c> rather than the issuer's, for issuers that want it so.</summary>
    public bool AssertionForTokenEndpoint { get; init; }

    /// <summary>The longest lifetime accepted in a peer's access token.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How old the issuer's keys may get before they are asked for again.</summary>
    public TimeSpan KeysRefresh { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the keys in hand are used while the issuer cannot be reached.</summary>
    public TimeSpan KeysMaximumAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Least time between two requests for keys that unknown key ids cause.</summary>
    public TimeSpan KeysMinimumInterval { get; init; } = TimeSpan.FromSeconds(10);
}

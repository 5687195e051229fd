using System.Collections.Immutable;

namespace Connector.Daemon.Configuration;

/// <summary>How callers prove who they are. Peers pinned by a document need no entry here.</summary>
/// <param name="TokenLifetime">Life of the tokens this connector issues about itself, and the longest life it accepts.</param>
/// <param name="Skew">Difference of clocks that is forgiven, either way.</param>
/// <param name="Domains">Issuers outside, by name.</param>
public sealed record TrustOptions(TimeSpan TokenLifetime, TimeSpan Skew, ImmutableArray<OidcDomainOptions> Domains);

/// <summary>A trust domain whose members come with tokens of an OIDC issuer (client credentials with <c>private_key_jwt</c>).</summary>
/// <param name="Name">What Peer documents call it in <c>trust</c>.</param>
/// <param name="Issuer">Issuer identifier; discovery is read from it.</param>
/// <param name="ClientId">This connector's client id there.</param>
/// <param name="Scopes">Asked for; may be empty.</param>
/// <param name="Audience">What tokens for this connector must be addressed to; by default the participant id.</param>
/// <param name="ParticipantClaim">The token's claim that holds the caller's DID.</param>
/// <param name="Claims">Claims taken from tokens: this connector's name for each, to the token's.</param>
public sealed record OidcDomainOptions(
    string Name,
    Uri Issuer,
    string ClientId,
    ImmutableArray<string> Scopes,
    string Audience,
    string ParticipantClaim,
    ImmutableSortedDictionary<string, string> Claims);

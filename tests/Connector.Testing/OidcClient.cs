namespace Connector.Testing;

/// <summary>A client as an <see cref="OidcIssuer"/> knows it.</summary>
/// <param name="KeySet">Its public keys, a JWK set.</param>
/// <param name="DefaultAudience">The audience of its tokens when a request names none.</param>
/// <param name="Claims">What its tokens say beyond issuer, audience, times and id; <c>sub</c> among them.</param>
public sealed record OidcClient(string Id, string KeySet, string DefaultAudience, IReadOnlyDictionary<string, object> Claims);

using System.Collections.Immutable;
using System.Globalization;
using Connector.ControlPlane.Exchanges;

namespace Connector.ControlPlane.Transfers;

/// <summary>Data addresses over HTTP, with each property under every name that deployed connectors read (CX-0018, data address of a pull).</summary>
public static class HttpAddress
{
    public const string EdcAuthorization = "https://w3id.org/edc/v0.0.1/ns/authorization";
    public const string EdcAuthType = "https://w3id.org/edc/v0.0.1/ns/authType";
    public const string RefreshEndpoint = "https://w3id.org/tractusx/auth/refreshEndpoint";
    public const string RefreshToken = "https://w3id.org/tractusx/auth/refreshToken";

    /// <summary>Whom the token of a refreshing call is to be made out to.</summary>
    public const string RefreshAudience = "https://w3id.org/tractusx/auth/refreshAudience";

    /// <summary>Seconds, as decimal digits.</summary>
    public const string ExpiresIn = "https://w3id.org/tractusx/auth/expiresIn";

    /// <summary>The header field that the token goes in, where it is not <c>Authorization</c>; and the name that older data planes give the token.</summary>
    public const string AuthKey = "authKey";

    public const string EdcAuthKey = "https://w3id.org/edc/v0.0.1/ns/authKey";
    public const string AuthCode = "authCode";
    public const string EdcAuthCode = "https://w3id.org/edc/v0.0.1/ns/authCode";

    /// <summary>The HTTP method that a push is sent with.</summary>
    public const string Method = "method";

    public const string EdcMethod = "https://w3id.org/edc/v0.0.1/ns/method";

    /// <summary>Says that the endpoint also answers <c>?manifest</c>, which only connectors of this make do.</summary>
    public const string Manifest = "urn:connector:endpoint:manifest";

    /// <summary>Where a started pull is to be fetched.</summary>
    /// <param name="endpoint">The transfer's own address.</param>
    /// <param name="hasManifest">Whether it answers <c>?manifest</c>.</param>
    public static DataAddress ForPull(string endpoint, string token, RefreshGrant refresh, TimeSpan lifetime, bool hasManifest) => new(
        Formats.HttpEndpointType,
        endpoint,
        Bearer(token).SetItems(
        [
            new(RefreshEndpoint, endpoint),
            new(RefreshToken, refresh.Token),
            new(RefreshAudience, refresh.Audience),
            new(ExpiresIn, ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            .. hasManifest ? [KeyValuePair.Create(Manifest, "true")] : Array.Empty<KeyValuePair<string, string>>(),
        ]));

    /// <summary>Whether the token goes under the scheme <c>Bearer</c>, by the address's <c>authType</c>. An <c>authCode</c> goes as it is: the data planes that give it take it so.</summary>
    public static bool TakesScheme(DataAddress address, bool whenUnsaid) => (address.Properties.GetValueOrDefault("authType") ?? address.Properties.GetValueOrDefault(EdcAuthType)) is { } said
        ? string.Equals(said, "bearer", StringComparison.OrdinalIgnoreCase)
        : whenUnsaid && address.Token is not null;

    /// <summary>The header field that opens the address; null when it needs none. A token that brings its scheme with it keeps it, and gets no other.</summary>
    public static (string Field, string Value)? Credential(DataAddress address, bool scheme)
    {
        var field = address.Properties.GetValueOrDefault(AuthKey) ?? address.Properties.GetValueOrDefault(EdcAuthKey) ?? "Authorization";
        return (address.Token ?? address.Properties.GetValueOrDefault(AuthCode) ?? address.Properties.GetValueOrDefault(EdcAuthCode)) is not { Length: > 0 } token ? null
            : token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? (field, scheme ? token : token["Bearer ".Length..].Trim())
            : (field, scheme ? $"Bearer {token}" : token);
    }

    /// <summary>The address with the tokens that a refresh brought.</summary>
    /// <param name="refreshToken">Null when the old one stays.</param>
    public static DataAddress Refreshed(DataAddress address, string token, string? refreshToken)
    {
        var properties = address.Properties;
        foreach (var name in (string[])[DataAddress.Authorization, EdcAuthorization])
        {
            properties = properties.ContainsKey(name) ? properties.SetItem(name, token) : properties;
        }

        return address with { Properties = refreshToken is null ? properties : properties.SetItem(RefreshToken, refreshToken) };
    }

    /// <summary>Where a push is to be sent.</summary>
    public static DataAddress ForPush(string? endpoint, string token) => new(Formats.HttpEndpointType, endpoint, Bearer(token).SetItems([new(Method, "PUT"), new(EdcMethod, "PUT")]));

    private static ImmutableDictionary<string, string> Bearer(string token) => ImmutableDictionary<string, string>.Empty.SetItems(
    [
        new(DataAddress.Authorization, token),
        new("authType", "bearer"),
        new(EdcAuthorization, token),
        new(EdcAuthType, "bearer"),
    ]);
}

/// <summary>By what, and from whom, new access tokens are had.</summary>
public readonly record struct RefreshGrant(string Token, string Audience);

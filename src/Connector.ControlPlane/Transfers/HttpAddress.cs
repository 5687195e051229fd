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

    /// <summary>Seconds, as decimal digits.</summary>
    public const string ExpiresIn = "https://w3id.org/tractusx/auth/expiresIn";

    /// <summary>The HTTP method that a push is sent with.</summary>
    public const string Method = "method";

    public const string EdcMethod = "https://w3id.org/edc/v0.0.1/ns/method";

    /// <summary>Says that the endpoint also answers <c>?manifest</c>, which only connectors of this make do.</summary>
    public const string Manifest = "urn:connector:endpoint:manifest";

    /// <summary>Where a started pull is to be fetched.</summary>
    /// <param name="endpoint">The transfer's own address.</param>
    public static DataAddress ForPull(string endpoint, string token, string refreshToken, TimeSpan lifetime) => new(
        Formats.HttpEndpointType,
        endpoint,
        Bearer(token).SetItems(
        [
            new(RefreshEndpoint, endpoint),
            new(RefreshToken, refreshToken),
            new(ExpiresIn, ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            new(Manifest, "true"),
        ]));

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

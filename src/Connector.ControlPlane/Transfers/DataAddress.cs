using System.Collections.Immutable;

namespace Connector.ControlPlane.Transfers;

/// <summary>Where and how the data of one transfer is had or left (DSP <c>DataAddress</c>).</summary>
/// <param name="EndpointType">What kind of endpoint, an IRI.</param>
/// <param name="Endpoint">Its address, or null.</param>
/// <param name="Properties">Named strings, such as <c>authorization</c>. Secret: never logged.</param>
public sealed record DataAddress(string EndpointType, string? Endpoint, ImmutableDictionary<string, string> Properties)
{
    /// <summary>Name of the property that holds the access token.</summary>
    public const string Authorization = "authorization";

    /// <summary>The access token, under either name that deployed connectors use.</summary>
    public string? Token => Properties.GetValueOrDefault(Authorization) ?? Properties.GetValueOrDefault(HttpAddress.EdcAuthorization);

    public override string ToString() => $"{EndpointType} {Endpoint}";
}

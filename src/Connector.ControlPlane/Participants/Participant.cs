namespace Connector.ControlPlane.Participants;

/// <summary>This connector's own identity.</summary>
/// <param name="Id">Its DID.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="GrpcAddress">Where peers reach it by gRPC, e.g. <c>https://host:7443</c>; null when it has no inbound gRPC.</param>
/// <param name="DspAddress">Base address of its DSP binding including the version path; null when it speaks none.</param>
public sealed record Participant(string Id, string Name, string? GrpcAddress, string? DspAddress)
{
    /// <summary>Public address of the HTTP data endpoint; null when it has none.</summary>
    public string? DataAddress { get; init; }

    /// <summary>How long an access token to that endpoint opens a pull before it must be refreshed.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(5);
}

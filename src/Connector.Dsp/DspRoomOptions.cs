namespace Connector.Dsp;

/// <summary>What this room needs to know of the rest of the house.</summary>
public sealed record DspRoomOptions
{
    /// <summary>The largest body that is read from a peer, bytes.</summary>
    public required int MaxMessageBytes { get; init; }
}

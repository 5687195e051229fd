using Connector.ControlPlane.Participants;

namespace Connector.Grpc;

/// <summary>What this room needs to know of the rest of the house.</summary>
public sealed class GrpcRoomOptions
{
    /// <summary>Port on which peers are served; set once the listener is bound.</summary>
    public int PeerPort { get; set; }

    /// <summary>Port on which the operator is served; set once the listener is bound.</summary>
    public int ManagementPort { get; set; }

    /// <summary>The operator's token.</summary>
    public required string OperatorToken { get; init; }

    /// <summary>The largest message that is read, bytes.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>The HTTP handler for calls to a peer: the same object until the peer's document or our certificate changes.</summary>
    public required Func<IServiceProvider, Func<PeerEntry, HttpMessageHandler>> HandlerFor { get; init; }

    /// <summary>The connector's present status.</summary>
    public required Func<IServiceProvider, ConnectorStatus> Status { get; init; }
}

/// <summary>What the connector says of itself.</summary>
public sealed record ConnectorStatus(string Version, DateTimeOffset StartedAt, int PendingEffects);

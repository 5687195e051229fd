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

    /// <summary>The largest message that is read from a peer, bytes.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>The largest message that is read from the operator, bytes: documents come many at a time.</summary>
    public int MaxOperatorMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest message that is read from a peer as its answer, bytes: a page of a catalog.</summary>
    public int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Longest that a peer's unary call may take here, whatever deadline it came with.</summary>
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Deadline of our own unary calls to peers.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence in a stream of data after which it counts as broken.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The HTTP handler for calls to a peer: the same object until the peer's document or our certificate changes.</summary>
    public required Func<IServiceProvider, Func<PeerEntry, HttpMessageHandler>> HandlerFor { get; init; }

    /// <summary>The connector's present status.</summary>
    public required Func<IServiceProvider, ConnectorStatus> Status { get; init; }
}

/// <summary>What the connector says of itself.</summary>
public sealed record ConnectorStatus(string Version, DateTimeOffset StartedAt, int PendingEffects);

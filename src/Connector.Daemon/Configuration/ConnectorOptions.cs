using System.Collections.Immutable;
using System.Net;
using Connector.Trust;

namespace Connector.Daemon.Configuration;

/// <summary>All of <c>connector.yaml</c>: read once at start-up, every value checked and bounded, every path absolute.</summary>
public sealed record ConnectorOptions
{
    /// <summary>Absolute path of the file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The file's folder, from which relative paths count.</summary>
    public string Folder => Path.GetDirectoryName(File) ?? "/";

    public required ParticipantOptions Participant { get; init; }

    public required ListenersOptions Listen { get; init; }

    public required StoreOptions Store { get; init; }

    public required DataOptions Data { get; init; }

    /// <summary>Keys, TLS, tokens and trust domains: the sections <c>keys</c>, <c>listen.peers.tls</c> and <c>trust</c>.</summary>
    public required TrustOptions Trust { get; init; }

    public required LimitsOptions Limits { get; init; }

    public required RecoveryOptions Recovery { get; init; }

    public required NegotiationOptions Negotiation { get; init; }

    public required TelemetryOptions Telemetry { get; init; }

    public required CallsOptions Outbound { get; init; }
}

/// <summary>Where the connector remembers.</summary>
/// <param name="Sqlite">Absolute path of the SQLite file; made at first start.</param>
public sealed record StoreOptions(string Sqlite);

/// <summary>Where bytes lie.</summary>
/// <param name="Received">Folder for data that peers push.</param>
/// <param name="Cache">Folder for the manifests of datasets; may be deleted at any time.</param>
public sealed record DataOptions(string Received, string Cache);

/// <summary>Bounds on what peers may ask of this connector.</summary>
/// <param name="MessageBytes">The largest message that is read, in bytes (chunks of data have their own bound).</param>
/// <param name="Connections">Most connections from peers at a time.</param>
/// <param name="StreamsPerConnection">Most calls at a time on one connection.</param>
public sealed record LimitsOptions(int MessageBytes, int Connections, int StreamsPerConnection);

/// <summary>Picking up what a crash left behind; never on the fast path.</summary>
/// <param name="Period">Between two rounds of the recovery worker.</param>
public sealed record RecoveryOptions(TimeSpan Period);

/// <summary>How far this connector haggles on its own.</summary>
/// <param name="MaxRounds">Offers and counter-offers in one negotiation before it is refused.</param>
public sealed record NegotiationOptions(int MaxRounds);

/// <summary>Calls to addresses that peers name: callbacks and data addresses.</summary>
/// <param name="AllowedNetworks">Networks that may be called although they are private or this machine's own.</param>
public sealed record CallsOptions(ImmutableArray<IPNetwork> AllowedNetworks);

/// <summary>Where traces and metrics go.</summary>
/// <param name="Otlp">OTLP/gRPC collector; null sends nothing.</param>
public sealed record TelemetryOptions(Uri? Otlp);

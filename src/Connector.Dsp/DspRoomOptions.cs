using Connector.ControlPlane.Participants;
using Connector.Dsp.Data;

namespace Connector.Dsp;

/// <summary>What this room needs to know of the rest of the house.</summary>
public sealed record DspRoomOptions
{
    /// <summary>The largest body that is read from a peer, bytes.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>Ports on which peers are served; on others the endpoints are not there.</summary>
    public required IReadOnlySet<int> Ports { get; init; }

    /// <summary>The largest body that is read from a peer as its answer, bytes: a page of a catalog.</summary>
    public int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a peer may take to answer.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The HTTP handler for calls to a peer at the address of its document: the same object until the document or our certificate changes.</summary>
    public required Func<IServiceProvider, Func<PeerEntry, HttpMessageHandler>> HandlerFor { get; init; }

    /// <summary>Data over HTTP, and how calls to addresses that peers name are guarded.</summary>
    public required HttpDataOptions Data { get; init; }
}

using System.Net.Security;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Data;

/// <summary>What data over HTTP needs to know of the rest of the house.</summary>
public sealed record HttpDataOptions
{
    /// <summary>Folder of this connector's own for data that arrives without a manifest; made when needed.</summary>
    public required string SpoolFolder { get; init; }

    /// <summary>Folder of this connector's own for snapshots of HTTP sources; made when needed, emptied at the first use.</summary>
    public required string SnapshotFolder { get; init; }

    /// <summary>How a peer's servers are checked and what certificate is shown to them; null for the system's trust store and none.</summary>
    public Func<IServiceProvider, Func<PeerEntry, SslClientAuthenticationOptions?>> TlsFor { get; init; } = _ => _ => null;

    /// <summary>The HTTP handler for data at the very address of a peer's document; null has all of it pass the guard.</summary>
    public Func<IServiceProvider, Func<PeerEntry, HttpMessageHandler>>? HandlerFor { get; init; }

    /// <summary>Reads a file with a secret for an HTTP source; throws with a reason for the operator when it is none, or others may read it.</summary>
    public Func<string, string> ReadSecret { get; init; } = File.ReadAllText;

    public OutboundOptions Outbound { get; init; } = new();

    /// <summary>How long a stream may send nothing before it counts as broken.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest dataset that is taken without a manifest, bytes.</summary>
    public long MaxSpooledBytes { get; init; } = 64L * 1024 * 1024 * 1024;
}

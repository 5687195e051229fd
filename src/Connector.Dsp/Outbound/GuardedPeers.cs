using System.Collections.Concurrent;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Data;

namespace Connector.Dsp.Outbound;

/// <summary>Handlers for calls to addresses that peers named themselves: guarded, and each with the peer's own TLS.</summary>
internal sealed class GuardedPeers(OutboundGuard guard, HttpDataOptions options, IServiceProvider services) : IDisposable
{
    private readonly ConcurrentDictionary<string, (PeerEntry Entry, HttpMessageHandler Handler)> _open = new(StringComparer.Ordinal);

    /// <summary>The same object until the peer's document changes.</summary>
    public HttpMessageHandler To(PeerEntry peer) => _open.AddOrUpdate(
        peer.ParticipantId,
        static (_, wanted) => (wanted.Peer, wanted.All.Opened(wanted.Peer)),
        static (_, now, wanted) => ReferenceEquals(now.Entry, wanted.Peer) ? now : (wanted.Peer, wanted.All.Opened(wanted.Peer)),
        (All: this, Peer: peer)).Handler;

    public void Dispose()
    {
        foreach (var (_, handler) in _open.Values)
        {
            handler.Dispose();
        }
    }

    private HttpMessageHandler Opened(PeerEntry peer) => guard.HandlerFor(options.TlsFor(services)(peer));
}

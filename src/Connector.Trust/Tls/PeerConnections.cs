using System.Collections.Concurrent;
using Connector.ControlPlane.Participants;

namespace Connector.Trust.Tls;

/// <summary>
/// The HTTP handlers for calls to peers. A peer's handler stays the same object until its document or this connector's own certificate
/// changes; then there is a new one, so that no call goes over a connection whose certificate its token does not name.
/// </summary>
/// <remarks>Whoever keeps a channel over a handler asks for the handler at each call, and opens a new channel when it is another one.</remarks>
public sealed class PeerConnections(TlsPolicy tls)
{
    private const int StreamWindow = 8 * 1024 * 1024;
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Open> _open = new(StringComparer.Ordinal);

    public HttpMessageHandler To(PeerEntry peer)
    {
        var pin = tls.PresentedPin;
        var open = _open.GetValueOrDefault(peer.ParticipantId);
        if (open is not null && ReferenceEquals(open.Peer, peer) && open.Pin == pin)
            return open.Handler;
        // The former handler is left to finish its calls; its connections close when idle.
        return _open.AddOrUpdate(
            peer.ParticipantId,
            static (_, wanted) => wanted.All.Opened(wanted.Peer, wanted.Pin),
            static (_, now, wanted) => ReferenceEquals(now.Peer, wanted.Peer) && now.Pin == wanted.Pin ? now : wanted.All.Opened(wanted.Peer, wanted.Pin),
            (All: this, Peer: peer, Pin: pin)).Handler;
    }

    private Open Opened(PeerEntry peer, string? pin) => new(peer, pin, new SocketsHttpHandler
    {
        SslOptions = tls.Client(peer),
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindow,
        KeepAlivePingDelay = Ping,
        KeepAlivePingTimeout = Ping,
        PooledConnectionIdleTimeout = Idle,
        ConnectTimeout = Connect,
    });

    private sealed record Open(PeerEntry Peer, string? Pin, SocketsHttpHandler Handler);
}

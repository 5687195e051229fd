using System.Net.Security;

namespace Connector.Dsp.Outbound;

/// <summary>
/// Makes the handlers and clients for calls to addresses that peers supplied: callbacks, data addresses, DIDs, sources. Only public addresses and
/// allowed networks are connected to, redirects stay on their host, sizes and times are bounded. A call that may not be made ends in an exception that
/// <see cref="OutboundRefusals.Of"/> turns into its refusal.
/// </summary>
public sealed class OutboundGuard(OutboundOptions options, TimeProvider time)
{
    public OutboundOptions Options => options;

    /// <summary>A new handler with its own connections; keep it, one for each way of TLS.</summary>
    /// <param name="tls">How servers are checked and what certificate is shown; null for the system's trust store and none.</param>
    public HttpMessageHandler HandlerFor(SslClientAuthenticationOptions? tls = null)
    {
        var connections = new GuardedConnections(options);
        var sockets = new SocketsHttpHandler
        {
            ConnectCallback = connections.OpenAsync,
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,

            // A proxy would resolve the name itself, behind the guard's back.
            UseProxy = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            EnableMultipleHttp2Connections = true,
        };
        if (tls is not null)
        {
            sockets.SslOptions = tls;
        }

        return new RedirectHandler(options.MaxRedirects) { InnerHandler = new RetryHandler(options, time) { InnerHandler = sockets } };
    }

    /// <summary>A client over a handler of its own.</summary>
    public HttpClient ClientFor(SslClientAuthenticationOptions? tls = null) => new(HandlerFor(tls), disposeHandler: true)
    {
        Timeout = options.Timeout,
        MaxResponseContentBufferSize = options.MaxBufferedBytes,
    };
}

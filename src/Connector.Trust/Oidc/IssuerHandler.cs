using System.Net.Security;
using Connector.Trust.Tls;

namespace Connector.Trust.Oidc;

/// <summary>
/// Sends the calls to one issuer by a handler that presents this connector's certificate. When that is replaced there is a new one, for a handler
/// presents the same all its life, and a token that is bound to the former certificate is of no use on connections with the new one.
/// </summary>
/// <param name="open">Makes a handler that presents a certificate, or none.</param>
internal sealed class IssuerHandler(TlsIdentity? identity, Func<SslStreamCertificateContext?, HttpMessageHandler> open) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private Open? _open;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Current().SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _open?.Invoker.Dispose();
        base.Dispose(disposing);
    }

    private HttpMessageInvoker Current()
    {
        var context = identity?.Context;
        lock (_lock)
        {
            // The former is left to finish its calls; its connections close when idle.
            if (_open is null || !ReferenceEquals(_open.Presented, context))
                _open = new Open(context, new HttpMessageInvoker(open(context)));
            return _open.Invoker;
        }
    }

    private sealed record Open(SslStreamCertificateContext? Presented, HttpMessageInvoker Invoker);
}

using Connector.Trust.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Tests.Tls;

/// <summary>
/// A real HTTPS server of one party on a free port. <c>GET /</c> authenticates the caller as the connector does, and answers
/// <c>participantId</c> or the refusal's code.
/// </summary>
internal sealed class TlsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public int Port => Address.Port;

    public static async Task<TlsHost> StartAsync(Party party)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(party.Tls.Kestrel())));
        var app = builder.Build();
        app.MapGet("/", async (HttpContext http) =>
        {
            var token = http.Request.Headers.Authorization.ToString();
            var certificate = http.Connection.ClientCertificate is { } presented ? CertificatePin.Of(presented) : null;
            var result = await party.Authenticator.AuthenticateAsync(token.StartsWith("Bearer ", StringComparison.Ordinal) ? token[7..] : null, certificate, http.RequestAborted);
            return result.Try(out var peer, out var refusal) ? peer.ParticipantId : refusal.Code;
        });
        await app.StartAsync();
        return new TlsHost(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Tests.Outbound;

/// <summary>Somebody else's HTTP server on 127.0.0.1, which counts its calls.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private Site(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(context =>
        {
            Interlocked.Increment(ref _calls);
            return answer(context);
        });
    }

    public int Calls => _calls;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<Site> OpenAsync(RequestDelegate answer)
    {
        var site = new Site(answer);
        await site._app.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

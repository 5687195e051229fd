using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Daemon.Configuration;
using Connector.Dsp;
using Connector.Grpc;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon;

/// <summary>One running connector.</summary>
public sealed class ConnectorDaemon : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConnectorDaemon(WebApplication app, Uri peers, Uri management) => (_app, Peers, Management) = (app, peers, management);

    /// <summary>Where peers reach it.</summary>
    public Uri Peers { get; }

    /// <summary>Where its operator reaches it.</summary>
    public Uri Management { get; }

    /// <summary>This program's version.</summary>
    public static string Version { get; } = typeof(ConnectorDaemon).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Starts a connector; on return it accepts calls.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    /// <exception cref="Trust.TrustException">A key or certificate cannot be used.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<ConnectorDaemon> StartAsync(ConnectorOptions options, CancellationToken cancel)
    {
        var peerPort = FreePort(options.Listen.Peers.Address, options.Listen.Peers.Port);
        var managementPort = FreePort(options.Listen.Management.Address, options.Listen.Management.Port);
        var peers = options.Listen.Peers.PublicAddress ?? Address(options.Listen.Peers.Address, peerPort);

        // Empty: the usual builders take settings from files beside ours, and watch the folder in which the store writes.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = options.Folder });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        Logging(builder.Logging);
        var dspPort = options.Listen.Dsp is { } dsp ? FreePort(dsp.Address, dsp.Port) : peerPort;
        var root = Root(options.Listen.Dsp, dspPort) ?? peers;
        var self = new Participant(options.Participant.Id, options.Participant.Name, peers.GetLeftPart(UriPartial.Authority), At(root, DspVersion.V2025.Path)) { DataAddress = At(root, "/data") };
        builder.Services.AddConnector(options, self, new Ports(peerPort, managementPort, dspPort));
        builder.WebHost.ConfigureKestrel((_, kestrel) => Listen(kestrel, options, new Ports(peerPort, managementPort, dspPort)));
        var app = builder.Build();
        app.MapGrpcRoom();
        app.MapDspRoom();
        try
        {
            await PrepareAsync(app.Services, cancel);
            await app.StartAsync(cancel);
        }
        catch
        {
            // Told to stop first, or each worker would report that it was interrupted.
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            throw;
        }

        return new ConnectorDaemon(app, peers, Address(options.Listen.Management.Address, managementPort));
    }

    /// <summary>Completes when the connector was told to stop and has stopped.</summary>
    public Task RunAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // What is wrong with keys or certificates shows now, not with the first call.
    private static async ValueTask PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        _ = services.GetRequiredService<KeyRing>();
        _ = services.GetRequiredService<TlsPolicy>();
        var log = services.GetRequiredService<ILogger<ConnectorDaemon>>();
        foreach (var fault in await services.GetRequiredService<PublicationService>().LoadAsync(cancel))
        {
            Log.DocumentLeftOut(log, fault.ToString());
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ConnectorOptions options, Ports ports)
    {
        var tls = kestrel.ApplicationServices.GetRequiredService<TlsPolicy>();
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = options.Limits.StreamsPerConnection;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(options.Listen.Peers.Address, ports.Peers, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(tls.Kestrel());
        });
        kestrel.Listen(options.Listen.Management.Address, ports.Management, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(tls.Kestrel());
        });
        if (options.Listen.Dsp is { } dsp)
        {
            kestrel.Listen(dsp.Address, ports.Dsp, listen =>
            {
                listen.Protocols = dsp.Tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (dsp.Tls)
                {
                    listen.UseHttps(tls.Kestrel());
                }
            });
        }
    }

    private static Uri? Root(DspListenerOptions? dsp, int port) => dsp is null
        ? null
        : dsp.PublicAddress ?? (dsp.Tls ? Address(dsp.Address, port) : new UriBuilder(Uri.UriSchemeHttp, dsp.Address.ToString(), port).Uri);

    private static string At(Uri root, string path) => root.GetLeftPart(UriPartial.Path).TrimEnd('/') + path;

    private static void Logging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that fails is told by who started it; what is left is a worker that broke.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddFilter("Grpc", LogLevel.Error);
        logging.AddFilter("System", LogLevel.Warning);
    }

    private static Uri Address(IPAddress bound, int port)
    {
        var host = bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.Loopback) ? "localhost" : bound.Equals(IPAddress.IPv6Any) ? "localhost" : bound.ToString();
        return new UriBuilder(Uri.UriSchemeHttps, host, port).Uri;
    }

    private static int FreePort(IPAddress address, int port)
    {
        if (port != 0)
        {
            return port;
        }

        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Connector.EndToEnd.Tests;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Benchmarks;

/// <summary>What both yardsticks of the wire are measured with: a process that serves nothing but generated code, over the same gRPC and TLS.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly Process _server;

    private BareServer(Process server, GrpcChannel channel) => (_server, Channel) = (server, channel);

    public GrpcChannel Channel { get; }

    /// <summary>Processor time that it took so far.</summary>
    public TimeSpan Took => Spent.Of(_server.Id);

    /// <summary>The server's process: prints its address.</summary>
    public static async Task ServeAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "keys", "tls.crt"), Path.Combine(folder, "keys", "tls.key"));
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l =>
        {
            l.Protocols = HttpProtocols.Http2;
            l.UseHttps(certificate);
        }));
        await using var app = builder.Build();
        app.MapGrpcService<BareStream.Service>();
        app.MapGrpcService<BareCalls.Service>();
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    public static async Task<BareServer> StartAsync(TwoCompanies two)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("bare");
        start.ArgumentList.Add(two.Supplier.Folder);
        var server = Process.Start(start)!;
        var url = new Uri((await server.StandardOutput.ReadLineAsync())!);
        using var own = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(two.Supplier.Folder, "keys", "tls.crt")));
        var expected = own.RawData;
        return new BareServer(server, GrpcChannel.ForAddress(url, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(expected) } },
            DisposeHttpClient = true,
        }));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _server.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }
}

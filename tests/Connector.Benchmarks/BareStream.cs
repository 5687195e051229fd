using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Connector.EndToEnd.Tests;
using Dataspace.Peer.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Benchmarks;

/// <summary>The yardstick: the same pieces over the same gRPC and TLS, from memory, with nothing read, checked or written.</summary>
internal static class BareStream
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>The server's process: prints its port.</summary>
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
        app.MapGrpcService<Service>();
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    /// <summary>MB/s of so many bytes from a server process to this one.</summary>
    public static async Task<double> MeasureAsync(TwoCompanies two, long bytes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("bare");
        start.ArgumentList.Add(two.Supplier.Folder);
        using var server = Process.Start(start)!;
        var url = new Uri((await server.StandardOutput.ReadLineAsync())!);
        using var own = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(two.Supplier.Folder, "keys", "tls.crt")));
        var expected = own.RawData;
        using var channel = GrpcChannel.ForAddress(url, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(expected) } },
            DisposeHttpClient = true,
        });
        var client = new ExchangeService.ExchangeServiceClient(channel);
        await DrainAsync(client, 64 << 20);
        var since = Stopwatch.StartNew();
        await DrainAsync(client, bytes);
        var seconds = since.Elapsed.TotalSeconds;
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        return bytes / seconds / 1e6;
    }

    private static async Task DrainAsync(ExchangeService.ExchangeServiceClient client, long bytes)
    {
        using var pull = client.Pull(new PullRequest { FromChunk = (int)(bytes / PieceBytes) });
        await foreach (var _ in pull.ResponseStream.ReadAllAsync())
        {
        }
    }

    private sealed class Service : ExchangeService.ExchangeServiceBase
    {
        public override async Task Pull(PullRequest request, IServerStreamWriter<Piece> responseStream, ServerCallContext context)
        {
            var data = UnsafeByteOperations.UnsafeWrap(new byte[PieceBytes]);
            for (var i = 0; i < request.FromChunk; i++)
            {
                await responseStream.WriteAsync(new Piece { Chunk = i, Data = data }, context.CancellationToken);
            }
        }
    }
}

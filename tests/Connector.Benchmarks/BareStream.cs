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

/// <summary>The yardstick: the same pieces over the same gRPC and TLS, from memory, by generated code alone; nothing is read or checked, and written only when asked.</summary>
internal sealed class BareStream : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;
    private readonly Process _server;
    private readonly GrpcChannel _channel;
    private readonly ExchangeService.ExchangeServiceClient _client;

    private BareStream(Process server, GrpcChannel channel) => (_server, _channel, _client) = (server, channel, new ExchangeService.ExchangeServiceClient(channel));

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
        app.MapGrpcService<Service>();
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    public static async Task<BareStream> StartAsync(TwoCompanies two)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("bare");
        start.ArgumentList.Add(two.Supplier.Folder);
        var server = Process.Start(start)!;
        var url = new Uri((await server.StandardOutput.ReadLineAsync())!);
        using var own = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(two.Supplier.Folder, "keys", "tls.crt")));
        var expected = own.RawData;
        var bare = new BareStream(server, GrpcChannel.ForAddress(url, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(expected) } },
            DisposeHttpClient = true,
        }));
        await bare.RunAsync(64 << 20, null);
        return bare;
    }

    /// <summary>So many bytes from the server's process to this one.</summary>
    /// <param name="file">Where they are written as they come, and flushed to the disk at the end; null throws them away.</param>
    public async Task<Rate> RunAsync(long bytes, string? file)
    {
        var (server, client, since) = (Spent.Of(_server.Id), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        using (var handle = file is null ? null : File.OpenHandle(file, FileMode.Create, FileAccess.Write))
        {
            using var pull = _client.Pull(new PullRequest { FromChunk = (int)(bytes / PieceBytes) });
            var offset = 0L;
            await foreach (var piece in pull.ResponseStream.ReadAllAsync())
            {
                if (handle is not null)
                {
                    RandomAccess.Write(handle, piece.Data.Span, offset);
                    offset += piece.Data.Length;
                }
            }

            if (handle is not null)
            {
                RandomAccess.FlushToDisk(handle);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var rate = Rate.Of(bytes, seconds, (Spent.Of(_server.Id) - server).TotalMilliseconds, (Environment.CpuUsage.TotalTime - client).TotalMilliseconds);
        if (file is not null)
        {
            File.Delete(file);
        }

        return rate;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _server.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
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

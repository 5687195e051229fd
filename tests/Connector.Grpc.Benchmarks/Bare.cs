using System.Net;
using Connector.Grpc.Tests.Rooms;
using Connector.Trust.Tls;
using Dataspace.Peer.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc.Benchmarks;

/// <summary>The same services with nothing behind them: what gRPC and TLS alone can do here.</summary>
internal sealed class Bare : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Bare(WebApplication app) => _app = app;

    public string Address => $"https://localhost:{new Uri(_app.Urls.Single()).Port}";

    /// <param name="like">The room whose certificate it shows.</param>
    public static async Task<Bare> StartAsync(Room like, long bytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<Negotiations>().AddSingleton(new Exchanges(bytes));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(like.Get<TlsPolicy>().Kestrel());
        }));
        var app = builder.Build();
        app.MapGrpcService<Negotiations>();
        app.MapGrpcService<Exchanges>();
        await app.StartAsync();
        return new Bare(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class Negotiations : NegotiationService.NegotiationServiceBase
    {
        public override Task<ContractNegotiation> Offer(ContractOfferMessage request, ServerCallContext context) =>
            Task.FromResult(new ContractNegotiation { ProviderPid = request.ProviderPid, ConsumerPid = "urn:uuid:01a20abc-5aa6-7832-bb1c-4fbc8d008bcd", State = "OFFERED" });
    }

    private sealed class Exchanges(long bytes) : ExchangeService.ExchangeServiceBase
    {
        public override async Task Pull(PullRequest request, IServerStreamWriter<Piece> responseStream, ServerCallContext context)
        {
            var piece = new Piece { Data = ByteString.CopyFrom(new byte[64 * 1024]) };
            for (var left = bytes; left > 0; left -= piece.Data.Length)
            {
                await responseStream.WriteAsync(piece);
            }
        }
    }
}

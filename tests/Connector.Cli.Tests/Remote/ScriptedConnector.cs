using System.Net;
using System.Security.Cryptography.X509Certificates;
using Connector.Management.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Cli.Tests.Remote;

/// <summary>
/// The management API over real TLS on a port of its own, with answers that a test writes: for what a client must bear from a
/// connector of another mind (another certificate, another token, errors, going away in the middle).
/// </summary>
internal sealed class ScriptedConnector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedConnector(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>Starts it with the certificate and the token of a folder that init made.</summary>
    public static async Task<ScriptedConnector> StartAsync(string folder, Script script, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(script with { Token = (await File.ReadAllTextAsync(Path.Combine(folder, "operator.token"))).Trim() });
        var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "keys/tls.crt"), Path.Combine(folder, "keys/tls.key"));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.MapGrpcService<Documents>();
        app.MapGrpcService<Transfers>();
        app.MapGrpcService<Negotiations>();
        app.MapGrpcService<Agreements>();
        app.MapGrpcService<Evidence>();
        await app.StartAsync();
        return new ScriptedConnector(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static void Check(Script script, ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("authorization") != $"Bearer {script.Token}")
        {
            throw new RpcException(new global::Grpc.Core.Status(StatusCode.Unauthenticated, ""));
        }
    }

    private sealed class Documents(Script script) : DocumentService.DocumentServiceBase
    {
        public override Task<ApplyReply> Apply(ApplyRequest request, ServerCallContext context)
        {
            Check(script, context);
            return Task.FromResult(script.Apply(request));
        }

        public override Task<ListDocumentsReply> List(ListDocumentsRequest request, ServerCallContext context)
        {
            Check(script, context);
            return Task.FromResult(script.Documents(request));
        }
    }

    private sealed class Transfers(Script script) : TransferService.TransferServiceBase
    {
        public override Task<Transfer> Start(StartTransferRequest request, ServerCallContext context) =>
            Task.FromResult(new Transfer { Id = "t1", AgreementId = request.AgreementId, Sink = request.Sink, State = "REQUESTED" });

        public override async Task Watch(TransferId request, IServerStreamWriter<Transfer> responseStream, ServerCallContext context)
        {
            foreach (var transfer in script.Transfers)
            {
                await responseStream.WriteAsync(transfer);
            }

            await script.AfterTransfers(context.CancellationToken);
        }
    }

    private sealed class Evidence(Script script) : EvidenceService.EvidenceServiceBase
    {
        public override async Task List(ListEvidenceRequest request, IServerStreamWriter<EvidenceEntry> responseStream, ServerCallContext context)
        {
            foreach (var entry in script.Evidence)
            {
                await responseStream.WriteAsync(entry);
            }
        }
    }

    private sealed class Negotiations(Script script) : NegotiationService.NegotiationServiceBase
    {
        // As the connector does: newest first, at most 1000 at a time.
        public override Task<ListNegotiationsReply> List(ListRequest request, ServerCallContext context)
        {
            var from = request.Before.Length == 0 ? 0 : script.Negotiations.TakeWhile(n => n.Id != request.Before).Count() + 1;
            return Task.FromResult(new ListNegotiationsReply { Negotiations = { script.Negotiations.Skip(from).Take(Math.Clamp(request.Limit, 1, 1000)) } });
        }

        public override Task<Negotiation> Start(StartNegotiationRequest request, ServerCallContext context) => Task.FromResult(script.Negotiations[0]);

        public override async Task Watch(NegotiationId request, IServerStreamWriter<Negotiation> responseStream, ServerCallContext context)
        {
            foreach (var negotiation in script.Negotiations)
            {
                await responseStream.WriteAsync(negotiation);
            }
        }
    }

    private sealed class Agreements(Script script) : AgreementService.AgreementServiceBase
    {
        public override Task<Agreement> Get(AgreementId request, ServerCallContext context) => Task.FromResult(script.Agreement);

        public override Task<ListAgreementsReply> List(ListRequest request, ServerCallContext context) => Task.FromResult(new ListAgreementsReply { Agreements = { script.Agreement } });

        public override Task<Agreement> Fulfil(FulfilDutyRequest request, ServerCallContext context)
        {
            script.Fulfil(request);
            return Task.FromResult(script.Agreement);
        }
    }
}

/// <summary>What a <see cref="ScriptedConnector"/> answers.</summary>
internal sealed record Script
{
    public string Token { get; init; } = "";

    public Func<ApplyRequest, ApplyReply> Apply { get; init; } = _ => new ApplyReply();

    public Func<ListDocumentsRequest, ListDocumentsReply> Documents { get; init; } = _ => new ListDocumentsReply();

    public IReadOnlyList<Negotiation> Negotiations { get; init; } = [];

    public IEnumerable<EvidenceEntry> Evidence { get; init; } = [];

    public IReadOnlyList<Transfer> Transfers { get; init; } = [];

    public Agreement Agreement { get; init; } = new();

    public Action<FulfilDutyRequest> Fulfil { get; init; } = _ => { };

    public Func<CancellationToken, Task> AfterTransfers { get; init; } = _ => Task.CompletedTask;
}

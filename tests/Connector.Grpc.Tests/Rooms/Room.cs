using System.Net;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.DataPlane.Sinks;
using Connector.DataPlane.Sources;
using Connector.Testing.Stores;
using Connector.Trust;
using Connector.Trust.Tls;
using Connector.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>The room as it runs: Kestrel with TLS on two ports, real tokens, the real control plane over a store in memory.</summary>
internal sealed class Room : IAsyncDisposable
{
    public const string OperatorToken = "operator-token-of-this-test";

    private readonly WebApplication _app;

    private Room(WebApplication app, Told told) => (_app, Told) = (app, told);

    public Told Told { get; }

    public GrpcRoomOptions Options => Get<GrpcRoomOptions>();

    public string PeerAddress => $"https://localhost:{Options.PeerPort}";

    public string ManagementAddress => $"https://localhost:{Options.ManagementPort}";

    public MemoryStore Store => Get<MemoryStore>();

    public IPeerClient Client => Get<IPeerClient>();

    public static async Task<Room> StartAsync(Company company, TimeSpan? longestCall = null, TimeSpan? stall = null, Action<IServiceCollection>? change = null)
    {
        var told = new Told();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(told);
        builder.Services.AddTrust(company.Trust);
        AddControlPlane(builder.Services, company);
        builder.Services.AddGrpcRoom(new GrpcRoomOptions
        {
            OperatorToken = OperatorToken,
            MaxMessageBytes = 1024 * 1024,
            LongestCall = longestCall ?? TimeSpan.FromSeconds(30),
            Stall = stall ?? TimeSpan.FromMinutes(5),
            HandlerFor = at => at.GetRequiredService<PeerConnections>().To,
            Status = _ => new ConnectorStatus("1.2.3", DateTimeOffset.UnixEpoch, 0),
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        change?.Invoke(builder.Services);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            Listen(kestrel);
            Listen(kestrel);
        });
        var app = builder.Build();
        app.MapGrpcRoom();
        await app.StartAsync();
        var ports = app.Urls.Select(u => new Uri(u).Port).ToList();
        var room = new Room(app, told);
        (room.Options.PeerPort, room.Options.ManagementPort) = (ports[0], ports[1]);
        return room;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Makes peers and datasets known.</summary>
    public void Knows(IEnumerable<PeerEntry> peers, params Dataset[] datasets) => Get<Library>().Replace(new LibrarySnapshot([], [.. peers], [.. datasets], []));

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.UseHttps(kestrel.ApplicationServices.GetRequiredService<TlsPolicy>().Kestrel());
    });

    private static void AddControlPlane(IServiceCollection services, Company company)
    {
        services.AddSingleton(new Participant(company.Id, company.Name, null, null));
        services.AddSingleton<MemoryStore>();
        services.AddSingleton<IStore>(Store).AddSingleton<INegotiationStore>(Store).AddSingleton<IAgreementStore>(Store).AddSingleton<ITransferStore>(Store).AddSingleton<IRefusedTransferStore>(Store);
        services.AddSingleton<IEffectStore>(Store).AddSingleton<IEvidenceStore>(Store).AddSingleton<IDocumentStore>(Store);
        services.AddSingleton<Queue>().AddSingleton<IEffectQueue>(at => at.GetRequiredService<Queue>());
        services.AddSingleton<Happenings>().AddSingleton<Flows>().AddSingleton<Library>().AddSingleton<PolicyBook>();
        services.AddSingleton<IPeerDirectory, PeerDirectory>();
        services.AddSingleton<IPeerBindings, DocumentedBindings>();
        services.AddSingleton<CommitService>().AddSingleton<PublicationService>().AddSingleton<CatalogService>();
        services.AddSingleton(new RoundLimit(8)).AddSingleton<OfferLookup>().AddSingleton<AgreementDrafts>().AddSingleton<NegotiationSteps>().AddSingleton<NegotiationService>();
        services.AddSingleton<AgreementGate>().AddSingleton<AgreementService>().AddSingleton<DutyService>().AddSingleton<AgreementImportService>().AddSingleton<ExplanationService>();
        services.AddSingleton<TransferSteps>().AddSingleton<TransferService>();
        services.AddSingleton<ExchangeService>().AddSingleton<ExchangePerformer>().AddSingleton<SweepService>().AddSingleton<EvidenceService>();
        services.AddSingleton<IDataSources>(_ => new DataSources(company.File("cache"), TimeProvider.System));
        services.AddSingleton(_ => new DataSinks(ledgerFolder: company.File("partials"))).AddSingleton<IDataSinks>(at => at.GetRequiredService<DataSinks>()).AddSingleton<IUnfinished>(at => at.GetRequiredService<DataSinks>());

        static MemoryStore Store(IServiceProvider at) => at.GetRequiredService<MemoryStore>();
    }
}

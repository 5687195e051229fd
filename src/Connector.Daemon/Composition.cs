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
using Connector.Daemon.Agreements;
using Connector.Daemon.Configuration;
using Connector.Daemon.Effects;
using Connector.Daemon.Events;
using Connector.Daemon.Memory;
using Connector.DataPlane.Sinks;
using Connector.DataPlane.Sources;
using Connector.Dsp;
using Connector.Dsp.Data;
using Connector.Dsp.Outbound;
using Connector.Grpc;
using Connector.Storage;
using Connector.Trust;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Connector.Daemon;

/// <summary>The ports that are listened on; the Dataspace Protocol's may be the peers'.</summary>
internal readonly record struct Ports(int Peers, int Management, int Dsp);

/// <summary>Which class stands for which port: the whole house, put together.</summary>
internal static class Composition
{
    public static void AddConnector(this IServiceCollection services, ConnectorOptions options, Participant self, Ports ports)
    {
        var started = TimeProvider.System.GetUtcNow();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(self);
        services.AddTrust(options.Trust);
        AddStorage(services, options);
        AddControlPlane(services, options);
        AddWorkers(services, options);
        services.AddSingleton(at => new DataSources(options.Data.Cache, at.GetRequiredService<TimeProvider>()));
        services.AddHttpSources(at => at.GetRequiredService<DataSources>());
        services.AddSingleton(_ => new DataSinks(ledgerFolder: Path.Combine(options.Data.Cache, "partials")));
        services.AddSingleton<IDataSinks>(at => at.GetRequiredService<DataSinks>()).AddSingleton<IUnfinished>(at => at.GetRequiredService<DataSinks>());
        services.AddGrpcRoom(new GrpcRoomOptions
        {
            PeerPort = ports.Peers,
            ManagementPort = ports.Management,
            OperatorToken = OperatorToken(options.Listen.Management.TokenFile),
            MaxMessageBytes = options.Limits.MessageBytes,
            HandlerFor = at => at.GetRequiredService<PeerConnections>().To,
            Status = at => new ConnectorStatus(ConnectorDaemon.Version, started, at.GetRequiredService<EffectRunner>().Pending),
        });
        services.AddDspRoom(new DspRoomOptions
        {
            Ports = new HashSet<int> { ports.Peers, ports.Dsp },
            MaxMessageBytes = options.Limits.MessageBytes,
            HandlerFor = at => at.GetRequiredService<PeerConnections>().To,
            Data = new HttpDataOptions
            {
                SpoolFolder = Path.Combine(options.Data.Cache, "spool"),
                SnapshotFolder = Path.Combine(options.Data.Cache, "sources"),
                HandlerFor = at => at.GetRequiredService<PeerConnections>().To,
                TlsFor = at => at.GetRequiredService<TlsPolicy>().Client,
                ReadSecret = SecretFile.Read,
                Outbound = new OutboundOptions { AllowedNetworks = options.Outbound.AllowedNetworks },
            },
        });
        AddTelemetry(services, options, self);
    }

    private static void AddStorage(IServiceCollection services, ConnectorOptions options)
    {
        services.AddSingleton(at => SqliteStore.Open(
            options.Store.Sqlite, at.GetRequiredService<ISignatures>(), () => Log.StoreRewritten(at.GetRequiredService<ILogger<SqliteStore>>(), options.Store.Sqlite)));
        services.AddSingleton<IStore>(at => at.GetRequiredService<SqliteStore>());
        services.AddSingleton<INegotiationStore>(Reads);
        services.AddSingleton<IAgreementStore>(Reads);
        services.AddSingleton<ITransferStore>(Reads);
        services.AddSingleton<IRefusedTransferStore>(Reads);
        services.AddSingleton<IEffectStore>(Reads);
        services.AddSingleton<IEvidenceStore>(Reads);
        services.AddSingleton<IDocumentStore>(Reads);

        static SqliteReads Reads(IServiceProvider at) => at.GetRequiredService<SqliteStore>().Reads;
    }

    private static void AddControlPlane(IServiceCollection services, ConnectorOptions options)
    {
        services.AddSingleton<Happenings>().AddSingleton<Flows>().AddSingleton<Library>().AddSingleton<PolicyBook>();
        services.AddSingleton<IPeerDirectory, PeerDirectory>();
        services.AddSingleton<CommitService>().AddSingleton<PublicationService>().AddSingleton<CatalogService>();
        services.AddSingleton(new RoundLimit(options.Negotiation.MaxRounds));
        services.AddSingleton<OfferLookup>().AddSingleton<AgreementDrafts>().AddSingleton<NegotiationSteps>().AddSingleton<NegotiationService>();
        services.AddSingleton<AgreementGate>().AddSingleton<AgreementService>().AddSingleton<DutyService>().AddSingleton<AgreementImportService>().AddSingleton<AgreementMonitor>().AddSingleton<ExplanationService>();
        services.AddSingleton<TransferSteps>().AddSingleton<TransferService>();
        services.AddSingleton<ExchangeService>().AddSingleton<ExchangePerformer>().AddSingleton<SweepService>().AddSingleton<EvidenceService>();
        services.AddSingleton<EffectPerformer>();
    }

    private static void AddWorkers(IServiceCollection services, ConnectorOptions options)
    {
        services.AddSingleton(new EffectRunnerOptions { RecoveryPeriod = options.Recovery.Period });
        services.AddSingleton(at => new Lazy<EffectPerformer>(at.GetRequiredService<EffectPerformer>));
        services.AddSingleton<EffectRunner>();
        services.AddSingleton<IEffectQueue>(at => at.GetRequiredService<EffectRunner>());
        services.AddHostedService<JournalWorker>();
        services.AddHostedService<RecoveryWorker>();
        services.AddHostedService<MonitorWorker>();
        services.AddHostedService<SweepWorker>();
        services.AddHostedService(at => new QuietWorker(at.GetRequiredService<TimeProvider>()));
    }

    private static void AddTelemetry(IServiceCollection services, ConnectorOptions options, Participant self)
    {
        if (options.Telemetry.Otlp is { } collector)
        {
            ExportTo(collector, services, self);
        }
    }

    // Apart, so that what exports is not even loaded where nothing is exported.
    private static void ExportTo(Uri collector, IServiceCollection services, Participant self) =>
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("connector", serviceVersion: ConnectorDaemon.Version, serviceInstanceId: self.Id))
            .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", "System.Net.Http", "Grpc.Net.Client"))
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"))
            .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, collector);

    private static string OperatorToken(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : throw new TrustException($"{path}: holds no operator's token; write a long random word into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrustException($"{path}: the operator's token cannot be read: {e.Message}; check listen.management.tokenFile", e);
        }
    }
}

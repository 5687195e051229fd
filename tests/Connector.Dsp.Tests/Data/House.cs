using System.Buffers.Text;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.DataPlane.Sinks;
using Connector.DataPlane.Sources;
using Connector.Dsp.Data;
using Connector.Dsp.Outbound;
using Connector.Policies;
using Connector.Testing;
using Connector.Testing.Stores;
using Connector.Trust;
using Connector.Trust.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Dsp.Tests.Data;

/// <summary>One company with its data endpoints on a port of its own, over the real control plane, sources and sinks.</summary>
internal sealed class House : IAsyncDisposable
{
    public const string Partner = "did:web:partner.example";
    public const string FreeUse = """{"permission":[{"action":"use"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("connector-http-").FullName;
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly List<Dataset> _datasets = [];
    private int _count;

    private House()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Logged);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        AddControlPlane(builder.Services);
        builder.Services.AddHttpData(new HttpDataOptions
        {
            SpoolFolder = File("spool"),
            SnapshotFolder = File("snapshots"),
            ReadSecret = SecretFile.Read,
            Outbound = new OutboundOptions { AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")], Retries = 0 },
        });
        _app = builder.Build();
        _app.MapHttpData();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public LogLines Logged { get; } = new();

    public string Base => _app.Urls.Single();

    public MemoryStore Store => Get<MemoryStore>();

    public static async Task<House> OpenAsync()
    {
        var house = new House();
        await house._app.StartAsync();
        return house;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public string File(string name) => Path.Combine(_folder, name);

    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Publishes bytes as a file dataset, agrees on it with the partner and starts a transfer of it.</summary>
    public Task<(string Pid, DataAddress Address)> StartFileAsync(byte[] content, string format = Formats.HttpPull, DataAddress? pushTo = null, string policy = FreeUse)
    {
        var path = File($"source{++_count}.bin");
        System.IO.File.WriteAllBytes(path, content);
        return StartAsync(new DataSource("file", path), format, pushTo, policy);
    }

    public async Task<(string Pid, DataAddress Address)> StartAsync(DataSource source, string format = Formats.HttpPull, DataAddress? pushTo = null, string policy = FreeUse)
    {
        var name = $"d{++_count}";
        var dataset = new Dataset(name, $"urn:dataset:{name}", ImmutableSortedDictionary<string, string>.Empty, null, source.Kind == "file" ? "application/octet-stream" : null, source);
        _datasets.Add(dataset);
        Get<Library>().Replace(new LibrarySnapshot([], [Entry()], [.. _datasets], []));
        var agreement = new Agreement
        {
            Id = $"urn:uuid:agreement-{name}",
            Role = Role.Provider,
            Peer = Partner,
            Binding = Binding.Dsp,
            NegotiationId = $"urn:uuid:negotiation-{name}",
            OfferId = "urn:offer:o",
            DatasetId = dataset.Id,
            Json = policy,
            Policy = policy,
            SignedAt = Time.GetUtcNow(),
            Version = 1,
        };
        Assert.True(await Store.CommitAsync(new Change { Agreements = [agreement] }, default));
        var partner = new Peer(Partner, ImmutableDictionary<string, Claim>.Empty, "test", DateTimeOffset.MaxValue);
        var request = new TransferRequestMessage($"m-{name}", $"urn:uuid:consumer-{name}", agreement.Id, format, "https://partner.example/dsp", pushTo);
        var transfer = await Get<TransferService>().ReceiveAsync(partner, Binding.Dsp, request, default);
        Assert.Null(transfer.Refusal);
        var start = (await Store.PendingAsync(0, 1000, default)).Select(e => e.Effect.Body).OfType<SendTransfer>().Select(e => e.Message).OfType<TransferStartMessage>().Last();
        return (transfer.Value.Id, start.DataAddress ?? pushTo!);
    }

    /// <summary>As consumer: an agreement of ours, a push asked for, and the provider's start.</summary>
    public async Task<(DataAddress Address, string Pid)> AwaitPushAsync()
    {
        var agreement = new Agreement
        {
            Id = "urn:uuid:a",
            Role = Role.Consumer,
            Peer = Partner,
            Binding = Binding.Dsp,
            NegotiationId = "urn:uuid:n",
            OfferId = "urn:offer:o",
            DatasetId = "urn:dataset:d",
            Json = FreeUse,
            Policy = FreeUse,
            SignedAt = Time.GetUtcNow(),
            Version = 1,
        };
        Assert.True(await Store.CommitAsync(new Change { Agreements = [agreement] }, default));
        var service = Get<TransferService>();
        var asked = (await service.StartAsync(new StartTransfer(agreement.Id, Formats.HttpPush, File("inbox.bin"), null, Acceptance.Auto), default)).Value;
        var partner = new Peer(Partner, ImmutableDictionary<string, Claim>.Empty, "test", DateTimeOffset.MaxValue);
        Assert.Null((await service.ReceiveAsync(partner, Binding.Dsp, new TransferStartMessage("m", "urn:uuid:p", asked.Id, null), default)).Refusal);
        Assert.Equal($"{Base}/data/inbox/{asked.Id}", asked.DataAddress!.Endpoint);
        return (asked.DataAddress, asked.Id);
    }

    /// <summary>The source of a Dataset document that is applied; faults of the document as text.</summary>
    public async Task<(DataSource? Source, string Faults)> ApplySourceAsync(string source)
    {
        var outcome = await ApplyAsync($"kind: Dataset\nname: applied\nsource:\n{source}", dryRun: false);
        return (outcome.Faults.IsEmpty ? Get<Library>().Current.DatasetById("urn:dataset:applied")!.Source : null, string.Join('\n', outcome.Faults));
    }

    /// <summary>Applies a document, given without its first line.</summary>
    public ValueTask<ApplyOutcome> ApplyAsync(string document, bool dryRun) =>
        Get<PublicationService>().ApplyAsync([new DocumentFile("document.yaml", _folder, $"apiVersion: connector/v1\n{document}")], dryRun, TestContext.Current.CancellationToken);

    public static PeerEntry Entry() => new("partner", Partner, null, null, [], [], "pinned", ImmutableDictionary<string, Claim>.Empty);

    /// <summary>The consumer's own view of a started pull.</summary>
    public Transfer Pulled(string providerPid, DataAddress address) => new()
    {
        Id = $"urn:uuid:pulled-{++_count}",
        Role = Role.Consumer,
        Peer = Partner,
        PeerPid = providerPid,
        Binding = Binding.Dsp,
        AgreementId = "urn:uuid:a",
        DatasetId = "urn:dataset:d",
        Format = Formats.HttpPull,
        State = TransferState.Started,
        Version = 1,
        DataAddress = address,
        CreatedAt = Time.GetUtcNow(),
        UpdatedAt = Time.GetUtcNow(),
    };

    public ValueTask<Result<Received>> PullAsync(Transfer transfer, string target) =>
        Get<IDataSinks>().ReceiveAsync(transfer.Id, target, Get<HttpData>().Pull(new PeerAddress(Entry(), null), transfer), null, TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> SendAsync(string address, string? token, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>A token that proves to the house who calls, with the claim <c>token</c>.</summary>
    public static string Identity(string who, string? accessToken) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(who))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { token = accessToken }))}.x";

    /// <summary>Takes no more calls; returns once those under way have ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void AddControlPlane(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(_ => new Participant("did:web:own.example", "own", null, $"{Base}/dsp") { DataAddress = Base + HttpDataRoom.Path });
        services.AddSingleton<ISignatures>(new NamedSignatures("did:web:own.example")).AddSingleton<IIds, Ids>().AddSingleton<ITokenSource, Identities>().AddSingleton<IPeerAuthenticator, Identities>();
        services.AddSingleton<MemoryStore>();
        services.AddSingleton<FaultyStore>().AddSingleton<IStore>(at => at.GetRequiredService<FaultyStore>()).AddSingleton<ITransferStore>(at => at.GetRequiredService<FaultyStore>());
        services.AddSingleton<IDocumentStore>(Memory).AddSingleton<IAgreementStore>(Memory);
        services.AddSingleton<IEffectQueue, Unperformed>();
        services.AddSingleton<Happenings>().AddSingleton<Flows>().AddSingleton<Library>().AddSingleton<PolicyBook>().AddSingleton<IPeerDirectory, PeerDirectory>();
        services.AddSingleton<DocumentedBindings>().AddSingleton<IPeerBindings>(at => at.GetRequiredService<DocumentedBindings>()).AddSingleton<CommitService>().AddSingleton<PublicationService>().AddSingleton<AgreementGate>().AddSingleton<AgreementService>();
        services.AddSingleton<TransferSteps>().AddSingleton<TransferService>().AddSingleton<ExchangeService>().AddSingleton<SweepService>();
        services.AddSingleton(_ => new DataSources(File("cache"), TimeProvider.System)).AddHttpSources(at => at.GetRequiredService<DataSources>());
        services.AddSingleton(_ => new DataSinks(ledgerFolder: File("partials"))).AddSingleton<IDataSinks>(at => at.GetRequiredService<DataSinks>()).AddSingleton<IUnfinished>(at => at.GetRequiredService<DataSinks>());

        static MemoryStore Memory(IServiceProvider at) => at.GetRequiredService<MemoryStore>();
    }

    /// <summary>These tests look at what is to be sent; nobody sends it.</summary>
    private sealed class Unperformed : IEffectQueue
    {
        public void Enqueue(Effect effect)
        {
        }
    }

    /// <summary>Identity tokens without signatures, as what they prove is another room's affair: the partner calls us, and so do we.</summary>
    private sealed class Identities : ITokenSource, IPeerAuthenticator
    {
        public ValueTask<Result<string>> TokenForAsync(PeerEntry peer, CancellationToken cancel) => new(Identity(Partner, null));

        public ValueTask<Result<string>> TokenForRefreshAsync(PeerEntry peer, string accessToken, CancellationToken cancel) => new(Identity(Partner, accessToken));

        public ValueTask<Result<Peer>> AuthenticateAsync(string? token, string? clientCertificateThumbprint, CancellationToken cancel) => new(token?.Split('.') is [var who, ..]
            ? new Peer(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(who)), ImmutableDictionary<string, Claim>.Empty, "test", DateTimeOffset.MaxValue)
            : new Refusal(RefusalKind.Unauthenticated, "token-missing", "no identity"));
    }
}

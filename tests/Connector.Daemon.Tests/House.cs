using System.Collections.Immutable;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Daemon.Configuration;
using Connector.Policies;
using Connector.Testing;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Daemon.Tests;

/// <summary>Everything that a daemon is put together of, on a real store, with the test's clock and peers, and no port open.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connector-daemon-").FullName;
    private readonly ServiceProvider _services;

    /// <param name="adjust">What stands for other parts than the daemon's own.</param>
    public House(ScriptedPeers peers, Action<IServiceCollection>? adjust = null)
    {
        KeyFolder.Create(File("keys"));
        TlsCertificate.Create(File("tls.crt"), File("tls.key"), ["localhost"], TimeProvider.System, TimeSpan.FromDays(1));
        System.IO.File.WriteAllText(File("operator.token"), "token");
        var read = ConfigurationReader.Parse(
            """
            participant: { id: "did:web:house.example" }
            listen:
              peers: { tls: { certificate: tls.crt, key: tls.key } }
            """, File("connector.yaml"), new System.Collections.Hashtable());
        Assert.Empty(read.Faults);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Logged));
        services.AddConnector(read.Options!, new Participant("did:web:house.example", "House", "https://house.example", null), new Ports(1, 2, 1));
        services.RemoveAll<IPeerClient>().AddSingleton<IPeerClient>(peers);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        adjust?.Invoke(services);
        _services = services.BuildServiceProvider();
        Get<Library>().Replace(new LibrarySnapshot([], [Peer("slow"), Peer("quick")], [], []));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public LogLines Logged { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A negotiation that we have asked for, with its first message to be sent.</summary>
    public async Task<Negotiation> AskAsync(string peer)
    {
        var terms = new StartNegotiation(peer, "urn:offer:o", "urn:dataset:d", """{"permission":[{"action":"use"}]}""", [], ControlPlane.Acceptance.Auto, null);
        var started = await Get<NegotiationService>().StartAsync(terms, TestContext.Current.CancellationToken);
        Assert.True(started.Try(out var negotiation, out var refusal), refusal?.ToString());
        return negotiation!;
    }

    public async Task<Negotiation> ReadAsync(string id) => (await Get<INegotiationStore>().FindAsync(id, TestContext.Current.CancellationToken))!;

    /// <summary>Lets time pass in small steps, and all that follows from each happen, until the condition holds.</summary>
    public async Task PassUntilAsync(Func<Task<bool>> holds, TimeSpan step)
    {
        while (!await holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Time.Advance(step);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The runner waits for effects under way by the test's clock.
        var disposing = _services.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, CancellationToken.None);
        }

        await disposing;
        Directory.Delete(_folder, recursive: true);
    }

    private string File(string name) => Path.Combine(_folder, name);

    private static PeerEntry Peer(string name) => new(name, $"did:web:{name}.example", $"https://{name}.example", null, [], [], "pinned", ImmutableDictionary<string, Claim>.Empty);
}

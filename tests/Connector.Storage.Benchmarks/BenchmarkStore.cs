using Connector.ControlPlane.Publications;
using Connector.Trust.Keys;
using Connector.Trust.Signing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Storage.Benchmarks;

/// <summary>A store in a folder of its own, which goes with it. Its evidence is signed as the daemon signs it.</summary>
internal sealed class BenchmarkStore : IAsyncDisposable
{
    private const string Participant = "did:web:cells.example";

    private readonly string _folder;

    public BenchmarkStore(string under)
    {
        _folder = Directory.CreateDirectory(Path.Combine(under, $"connector-benchmark-{Environment.ProcessId}")).FullName;
        KeyFolder.Create(Path.Combine(_folder, "keys"));
        Signatures = new Signatures(
            new KeyRing(Participant, Path.Combine(_folder, "keys"), TimeProvider.System, NullLogger<KeyRing>.Instance),
            new PeerDirectory(new Library()),
            new PeerKeys(NullLogger<PeerKeys>.Instance));
        Store = SqliteStore.Open(Path.Combine(_folder, "connector.db"), Signatures);
    }

    public Signatures Signatures { get; }

    public SqliteStore Store { get; }

    public long FileBytes => new FileInfo(Path.Combine(_folder, "connector.db")).Length;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

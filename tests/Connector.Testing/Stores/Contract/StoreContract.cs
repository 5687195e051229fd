using Connector.ControlPlane.Stores;
using Xunit;

namespace Connector.Testing.Stores;

/// <summary>What every store must do, on disk or in memory: derive, open yours, and its tests run.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private StorePorts? _ports;

    /// <summary>Signs the evidence of the store under test.</summary>
    protected NamedSignatures Signatures { get; } = new("did:web:cells.example");

    /// <summary>The store under test: open and, at first, empty.</summary>
    protected StorePorts Ports => _ports ?? throw new InvalidOperationException("the store is not open yet");

    protected abstract ValueTask<StorePorts> OpenAsync();

    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => _ports = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ValueTask<bool> CommitAsync(Change change) => Ports.Store.CommitAsync(change, Cancel);

    /// <summary>Commits what must be taken.</summary>
    protected async Task StoreAsync(Change change) => Assert.True(await CommitAsync(change));
}

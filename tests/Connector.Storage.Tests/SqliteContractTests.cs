using Connector.Testing.Stores;

namespace Connector.Storage.Tests;

public sealed class SqliteContractTests : StoreContract
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore? _store;

    protected override ValueTask<StorePorts> OpenAsync()
    {
        _store = SqliteStore.Open(_folder["connector.db"], Signatures);
        return new(StorePorts.Of(_store, _store.Reads));
    }

    protected override async ValueTask CloseAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
    }
}

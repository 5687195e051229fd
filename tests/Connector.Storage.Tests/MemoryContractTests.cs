using Connector.Testing.Stores;

namespace Connector.Storage.Tests;

public sealed class MemoryContractTests : StoreContract
{
    protected override ValueTask<StorePorts> OpenAsync()
    {
        var store = new MemoryStore(Signatures);
        return new(StorePorts.Of(store, store));
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}

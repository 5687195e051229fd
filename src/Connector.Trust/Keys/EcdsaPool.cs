using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Connector.Trust.Keys;

/// <summary>
/// Ready key objects of one key. Importing a key costs as much as using it, and one object must not be used by two threads at
/// once; so each call borrows one, and there are never more than calls at one time.
/// </summary>
internal sealed class EcdsaPool(ECParameters parameters)
{
    private readonly ConcurrentBag<ECDsa> _idle = [];
    private ECDsa? _last;

    public ECDsa Borrow() =>
        Interlocked.Exchange(ref _last, null) ?? (_idle.TryTake(out var idle) ? idle : ECDsa.Create(parameters));

    public void Return(ECDsa key)
    {
        if (Interlocked.CompareExchange(ref _last, key, null) is not null)
            _idle.Add(key);
    }
}

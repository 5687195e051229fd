using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Connector.Trust.Oidc;

/// <summary>Remembers validated access tokens by hash until they expire, so that each costs one signature check. It may forget at any time.</summary>
internal sealed class SeenTokens<T>(int capacity)
    where T : class
{
    private readonly ConcurrentDictionary<string, (T Value, long Expires)> _seen = new(StringComparer.Ordinal);

    public T? Find(string token) => _seen.TryGetValue(Key(token), out var seen) ? seen.Value : null;

    public void Add(string token, T value, long expires, long now)
    {
        if (_seen.Count >= capacity)
        {
            foreach (var (key, seen) in _seen)
            {
                if (seen.Expires <= now)
                    _seen.TryRemove(key, out _);
            }

            if (_seen.Count >= capacity)
                _seen.Clear();
        }

        _seen[Key(token)] = (value, expires);
    }

    private static string Key(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

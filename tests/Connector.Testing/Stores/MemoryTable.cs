using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Stores;

namespace Connector.Testing.Stores;

/// <summary>The columns of a record that a store looks at.</summary>
internal readonly record struct RowKeys(string Id, long Version, string Peer, Role Role, string? PeerPid);

/// <summary>Records of one kind with their unique keys. Immutable.</summary>
internal sealed record MemoryTable<T>(Func<T, RowKeys> Keys)
    where T : class
{
    private ImmutableDictionary<string, T> ById { get; init; } = ImmutableDictionary<string, T>.Empty;

    private ImmutableDictionary<(string Peer, Role Role, string PeerPid), string> ByPeerPid { get; init; } =
        ImmutableDictionary<(string Peer, Role Role, string PeerPid), string>.Empty;

    private ImmutableList<string> Order { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IEnumerable<T> Oldest => Order.Select(id => ById[id]);

    public T? Find(string id) => ById.GetValueOrDefault(id);

    public T? Find(string peer, Role role, string peerPid) => ByPeerPid.TryGetValue((peer, role, peerPid), out var id) ? ById[id] : null;

    public ImmutableArray<T> List(Page page)
    {
        var newest = Order.Reverse().Select(id => ById[id]);
        if (page.Before is { } before)
        {
            newest = newest.SkipWhile(row => Keys(row).Id != before).Skip(1);
        }

        return [.. newest.Where(row => page.Peer is null || Keys(row).Peer == page.Peer).Take(Math.Clamp(page.Limit, 1, 1000))];
    }

    /// <returns>Null when a row is not the successor of the one that is here, or takes another's key.</returns>
    public MemoryTable<T>? With(ImmutableArray<T> rows)
    {
        MemoryTable<T>? table = this;
        foreach (var row in rows)
        {
            table = table?.With(row);
        }

        return table;
    }

    private MemoryTable<T>? With(T row)
    {
        var keys = Keys(row);
        var former = ById.TryGetValue(keys.Id, out var found) ? Keys(found) : default;
        if (keys.Version != former.Version + 1)
        {
            return null;
        }

        var byPeerPid = former.PeerPid is { } old ? ByPeerPid.Remove((former.Peer, former.Role, old)) : ByPeerPid;
        if (keys.PeerPid is { } pid)
        {
            if (byPeerPid.ContainsKey((keys.Peer, keys.Role, pid)))
            {
                return null;
            }

            byPeerPid = byPeerPid.Add((keys.Peer, keys.Role, pid), keys.Id);
        }

        return this with { ById = ById.SetItem(keys.Id, row), ByPeerPid = byPeerPid, Order = found is null ? Order.Add(keys.Id) : Order };
    }
}

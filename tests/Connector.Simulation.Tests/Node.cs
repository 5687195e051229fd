using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;
using Connector.Testing;
using Connector.Testing.Stores;

namespace Connector.Simulation.Tests;

/// <summary>One company's connector: a store that outlives crashes, and the process that is running just now, if any.</summary>
internal sealed class Node
{
    private readonly World _world;
    private readonly Func<Node> _other;

    public Node(World world, string id, string otherId, ImmutableArray<OfferedDataset> offers, Func<Node> other)
    {
        (_world, _other) = (world, other);
        Self = new Participant(id, id, $"https://{id}", null);
        Signatures = new NamedSignatures(id);
        Store = new MemoryStore(Signatures);
        Library.Replace(new LibrarySnapshot(
            [],
            [new PeerEntry(otherId, otherId, $"https://{otherId}", null, [], [], "pinned", PeerClaims)],
            [.. offers.Select(o => o.Dataset).Distinct()],
            offers));
        Start();
    }

    public Participant Self { get; }

    public NamedSignatures Signatures { get; }

    public MemoryStore Store { get; }

    public Library Library { get; } = new();

    public ImmutableDictionary<string, Claim> Claims { get; } = ImmutableDictionary<string, Claim>.Empty.Add("membership", new Claim(["active"], "simulation"));

    public ImmutableDictionary<string, Claim> PeerClaims { get; } = ImmutableDictionary<string, Claim>.Empty.Add("membership", new Claim(["active"], "simulation"));

    public Life? Life { get; private set; }

    /// <summary>Negotiations that the people here approved of.</summary>
    public HashSet<string> Approved { get; } = new(StringComparer.Ordinal);

    public int Crashes { get; private set; }

    /// <summary>The process dies: whatever it was doing is never finished. It is started again some time later.</summary>
    public void Crash()
    {
        if (Life is null)
        {
            return;
        }

        Life.Alive = false;
        Life = null;
        Crashes++;
        _world.Schedule.After(_world.Delay() * 20, Start);
    }

    private void Start()
    {
        Life = new Life(_world, this, _other);
        Life.Recover();
    }
}

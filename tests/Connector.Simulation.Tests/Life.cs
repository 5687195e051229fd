using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Testing;

namespace Connector.Simulation.Tests;

/// <summary>A process from its start to its crash: the real services over the node's store.</summary>
internal sealed class Life : IEffectQueue
{
    private readonly World _world;
    private readonly EffectPerformer _performer;
    private readonly Dictionary<string, Queue<Effect>> _subjects = new(StringComparer.Ordinal);

    public Life(World world, Node node, Func<Node> other)
    {
        (_world, Node) = (world, node);
        var time = world.Schedule;
        var happenings = new Happenings();
        var store = new CrashingStore(world, this, node.Store);
        var commits = new CommitService(store, this, happenings, time);
        var policies = new PolicyBook(node.Library, time);
        var peers = new PeerDirectory(node.Library);
        var flows = new Flows();
        var data = new SimulatedData();
        var bindings = new DocumentedBindings();
        var clients = new[] { new SimulatedNetwork(world, this, other) };
        var catalogs = new CatalogService(node.Library, policies, data, peers, bindings, clients, node.Self);
        var offers = new OfferLookup(node.Library, policies, catalogs, time);
        var drafts = new AgreementDrafts(node.Self, policies, node.Signatures, world.Ids, time);
        var transferSteps = new TransferSteps(node.Library, node.Signatures, node.Self, world.Ids, time);
        var gate = new AgreementGate(node.Store, policies, node.Library, peers, time);
        Negotiations = new NegotiationService(node.Store, commits, new NegotiationSteps(offers, drafts, new RoundLimit(8), node.Self, world.Ids, time), offers, peers, bindings, node.Self, world.Ids, time);
        Transfers = new TransferService(node.Store, node.Store, commits, transferSteps, gate, flows, time);
        Duties = new DutyService(node.Store, commits, policies, gate, time);
        Agreements = new AgreementService(node.Store, node.Store, commits, transferSteps, flows, world.Ids, time);
        var sweep = new SweepService(node.Store, []);
        Exchanges = new ExchangeService(node.Store, commits, gate, transferSteps, node.Library, data, data, sweep, flows, happenings, time);
        var exchanger = new ExchangePerformer(node.Store, Transfers, commits, gate, node.Library, data, data, sweep, flows, happenings, peers, clients, time);
        var publications = new PublicationService(node.Store, commits, node.Library, data, bindings, node.Self, world.Ids, time);
        _performer = new EffectPerformer(node.Store, node.Store, node.Store, Negotiations, Transfers, exchanger, publications, new AgreementMonitor(node.Store, gate, Agreements, time), commits, peers, clients, time);
    }

    public Node Node { get; }

    public bool Alive { get; set; } = true;

    public NegotiationService Negotiations { get; }

    public TransferService Transfers { get; }

    public AgreementService Agreements { get; }

    public DutyService Duties { get; }

    public ExchangeService Exchanges { get; }

    public void Recover()
    {
        foreach (var stored in Now(Node.Store.PendingAsync(0, int.MaxValue, CancellationToken.None)))
        {
            Enqueue(stored.Effect);
        }
    }

    public void Enqueue(Effect effect)
    {
        if (_subjects.TryGetValue(effect.Subject, out var waiting))
        {
            waiting.Enqueue(effect);
            return;
        }

        _subjects.Add(effect.Subject, new Queue<Effect>([effect]));
        Later(effect.Subject, _world.Delay());
    }

    private void Later(string subject, TimeSpan delay) => _world.Schedule.After(delay, () =>
    {
        if (Alive)
        {
            _ = PerformAsync(subject);
        }
    });

    private async Task PerformAsync(string subject)
    {
        var waiting = _subjects[subject];
        var refusal = await _performer.PerformAsync(waiting.Peek(), CancellationToken.None);
        if (refusal is not null)
        {
            Later(subject, TimeSpan.FromSeconds(1) + _world.Delay());
            return;
        }

        waiting.Dequeue();
        if (waiting.Count > 0)
        {
            Later(subject, _world.Delay());
        }
        else
        {
            _subjects.Remove(subject);
        }
    }

    /// <summary>The value of a task that the in-memory store completes at once.</summary>
    public static T Now<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("the in-memory store must not wait");
}

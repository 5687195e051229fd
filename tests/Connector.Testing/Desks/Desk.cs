using System.Collections.Concurrent;
using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;
using Connector.Testing.Stores;

namespace Connector.Testing.Desks;

/// <summary>The services of agreements and transfers of one company, over a store in memory. What is to be sent is kept, and not sent.</summary>
public sealed class Desk : IEffectQueue, IIds
{
    public const string Self = "did:web:own.example";

    private long _ids;

    /// <param name="store">That of an earlier life; null for a new one.</param>
    public Desk(TimeProvider time, MemoryStore? store = null)
    {
        var signatures = new NamedSignatures(Self);
        Store = store ?? new MemoryStore(signatures);
        Policies = new PolicyBook(Library, time);
        var (self, commits) = (new Participant(Self, "own", "https://own", null), new CommitService(Store, this, Happenings, time));
        var steps = new TransferSteps(Library, signatures, self, this, time);
        Gate = new AgreementGate(Store, Policies, Library, new PeerDirectory(Library), time);
        Agreements = new AgreementService(Store, Store, commits, steps, Flows, this, time);
        Duties = new DutyService(Store, commits, Policies, Gate, time);
        Transfers = new TransferService(Store, Store, commits, steps, Gate, Flows, time);
        Monitor = new AgreementMonitor(Store, Gate, Agreements, time);
        _time = time;
        Knows(Records.Peer, ("membership", "active"));
    }

    private readonly TimeProvider _time;

    public MemoryStore Store { get; }

    public Happenings Happenings { get; } = new();

    public Flows Flows { get; } = new();

    public Library Library { get; } = new();

    public PolicyBook Policies { get; }

    public AgreementGate Gate { get; }

    public AgreementService Agreements { get; }

    public DutyService Duties { get; }

    public TransferService Transfers { get; }

    public AgreementMonitor Monitor { get; }

    public ConcurrentQueue<Effect> Sent { get; } = new();

    public void Enqueue(Effect effect) => Sent.Enqueue(effect);

    public string NewId() => $"urn:uuid:{Interlocked.Increment(ref _ids):x8}-{GetHashCode():x8}";

    public string NewSecret() => NewId();

    /// <summary>Makes one peer known, with these claims; what was known of others stays.</summary>
    public void Knows(string id, params (string Name, string Value)[] claims)
    {
        var entry = new PeerEntry(id, id, $"https://{id}", null, [], [], "pinned", claims.ToImmutableDictionary(c => c.Name, c => new Claim([c.Value], "its document")));
        Library.Replace(new LibrarySnapshot([], [.. Library.Current.Peers.Where(p => p.ParticipantId != id), entry], [], []));
    }

    /// <summary>An agreement on use under these conditions, signed now and in force.</summary>
    public async Task<Agreement> SignAsync(string id, Role role, Func<Permission, Permission> terms, string peer = Records.Peer, Func<Permission, Permission>? or = null)
    {
        var policy = OdrlJson.ToJson(new Policies.Policy { Permissions = [.. new[] { terms, or }.OfType<Func<Permission, Permission>>().Select(t => t(new Permission("use", [], [])))] });
        var signedAt = _time.GetUtcNow();
        var agreement = Records.Agreement(id) with { Role = role, Peer = peer, Policy = policy, SignedAt = signedAt, ChangesAt = Policies.ChangesAt(policy, signedAt) };
        await Store.CommitAsync(new Change { Agreements = [agreement] }, default);
        return agreement;
    }

    /// <summary>The peer asks for the data of an agreement.</summary>
    public async Task<Result<Transfer>> RequestAsync(string consumerPid, string agreement = "a") =>
        await Transfers.ReceiveAsync(Caller(), Binding.Grpc, new TransferRequestMessage($"m-{consumerPid}", consumerPid, agreement, "Grpc-PULL", null, null), default);

    /// <summary>A transfer that has started under an agreement.</summary>
    public async Task<Transfer> RunAsync(Agreement agreement)
    {
        var transfer = Records.Transfer($"t-{agreement.Id}", agreement.Id, $"p-{agreement.Id}") with { Role = agreement.Role, Peer = agreement.Peer, State = TransferState.Started };
        await Store.CommitAsync(new Change { Transfers = [transfer] }, default);
        return transfer;
    }

    public async Task<Agreement> FindAsync(Agreement agreement) => (await ((IAgreementStore)Store).FindAsync(agreement.Id, default))!;

    public async Task<Transfer> FindAsync(Transfer transfer) => (await ((ITransferStore)Store).FindAsync(transfer.Id, default))!;

    /// <summary>The peer, as it calls with what it can prove.</summary>
    public Peer Caller(string id = Records.Peer) => new(id, Library.Current.PeerById(id)!.Claims, "test", DateTimeOffset.MaxValue);
}

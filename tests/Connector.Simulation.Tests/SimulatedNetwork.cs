using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;

namespace Connector.Simulation.Tests;

/// <summary>One side's way to the other: loses, repeats, delays and so reorders messages and their acknowledgements.</summary>
internal sealed class SimulatedNetwork(World world, Life from, Func<Node> other) : IPeerClient
{
    private static readonly Refusal s_lost = new(RefusalKind.Unavailable, "timeout", "no answer");

    public Binding Binding => Binding.Grpc;

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, NegotiationMessage message, CancellationToken cancel) => CarryAsync(async (receiver, caller) =>
    {
        var sent = world.Faults.ApplyTwice ? message with { Id = $"{message.Id}/{world.Random.Next()}" } : message;
        return (await receiver.Negotiations.ReceiveAsync(caller, Binding.Grpc, sent, CancellationToken.None)).Try(out var n, out var refusal)
            ? new Acknowledgement(n.ProviderPid, n.ConsumerPid, NegotiationRules.Name(n.State))
            : refusal;
    });

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, TransferMessage message, CancellationToken cancel) => CarryAsync(async (receiver, caller) =>
        (await receiver.Transfers.ReceiveAsync(caller, Binding.Grpc, message, CancellationToken.None)).Try(out var t, out var refusal)
            ? new Acknowledgement(t.ProviderPid, t.ConsumerPid, TransferRules.Name(t.State))
            : refusal);

    public ValueTask<Result<Acknowledgement>> SendAgreementEndAsync(PeerAddress to, string messageId, string agreementId, AgreementEnd end, CancellationToken cancel) => CarryAsync(async (receiver, caller) =>
        (await receiver.Agreements.ReceiveEndAsync(caller, agreementId, end, CancellationToken.None)).Try(out _, out var refusal) ? new Acknowledgement(null, null, null) : refusal);

    public ValueTask<Result<Catalog>> CatalogAsync(PeerAddress to, string? continuation, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Result<CatalogDataset>> DatasetAsync(PeerAddress to, string datasetId, CancellationToken cancel) => throw new NotSupportedException();

    public IDataStream Pull(PeerAddress to, Transfer transfer) => new SimulatedStream(other, from.Node.Self.Id, transfer);

    public ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel) => throw new NotSupportedException();

    private ValueTask<Result<Acknowledgement>> CarryAsync(Func<Life, Peer, ValueTask<Result<Acknowledgement>>> receive)
    {
        var answer = new TaskCompletionSource<Result<Acknowledgement>>();
        if (!world.Chance(world.Faults.LoseRequest))
        {
            Arrive();
        }

        if (world.Chance(world.Faults.Duplicate))
        {
            Arrive();
        }

        world.Schedule.After(TimeSpan.FromSeconds(10), () => Answer(s_lost));
        return new ValueTask<Result<Acknowledgement>>(answer.Task);

        void Arrive() => world.Schedule.After(world.Delay(), () => _ = ReceiveAsync());

        async Task ReceiveAsync()
        {
            if (other().Life is not { } receiver)
            {
                return;
            }

            var result = await receive(receiver, new Peer(from.Node.Self.Id, from.Node.Claims, "simulation", DateTimeOffset.MaxValue));
            if (!world.Chance(world.Faults.LoseAnswer))
            {
                world.Schedule.After(world.Delay(), () => Answer(result));
            }
        }

        // The sender may have died meanwhile: then nobody is there to hear the answer.
        void Answer(Result<Acknowledgement> result)
        {
            if (from.Alive)
            {
                answer.TrySetResult(result);
            }
        }
    }
}

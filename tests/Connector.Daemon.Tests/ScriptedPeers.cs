using System.Collections.Concurrent;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;

namespace Connector.Daemon.Tests;

/// <summary>The other side of every call, answering as a test says.</summary>
/// <param name="answer">Given the peer's name and the message.</param>
internal sealed class ScriptedPeers(Func<string, NegotiationMessage, CancellationToken, ValueTask<Result<Acknowledgement>>> answer) : IPeerClient
{
    /// <summary>Every message that went out, in order, with the peer's name.</summary>
    public ConcurrentQueue<(string Peer, NegotiationMessage Message)> Sent { get; } = [];

    public Binding Binding => Binding.Grpc;

    public static Result<Acknowledgement> Taken(NegotiationMessage message) =>
        new Acknowledgement("urn:uuid:theirs", (message as ContractRequestMessage)?.ConsumerPid, null);

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, NegotiationMessage message, CancellationToken cancel)
    {
        Sent.Enqueue((to.Entry.Name, message));
        return answer(to.Entry.Name, message, cancel);
    }

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, TransferMessage message, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Result<Acknowledgement>> SendAgreementEndAsync(PeerAddress to, string messageId, string agreementId, AgreementEnd end, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Result<Catalog>> CatalogAsync(PeerAddress to, string? continuation, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Result<CatalogDataset>> DatasetAsync(PeerAddress to, string datasetId, CancellationToken cancel) => throw new NotSupportedException();

    public IDataStream Pull(PeerAddress to, Transfer transfer) => throw new NotSupportedException();

    public ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel) => throw new NotSupportedException();
}

using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Participants;

/// <summary>Where a message goes: the peer as the directory knows it and the address it asked to be called at.</summary>
/// <param name="CallbackAddress">Overrides the directory's address; null for none.</param>
/// <param name="PeerPid">The peer's own id of the process that the message is about; null while it is not known.</param>
public sealed record PeerAddress(PeerEntry Entry, string? CallbackAddress, string? PeerPid = null);

/// <summary>The peer's acknowledgement of a message: both pids and the state it is in now, as far as the binding tells.</summary>
public sealed record Acknowledgement(string? ProviderPid, string? ConsumerPid, string? State);

/// <summary>
/// Talks to peers over one binding. Does not retry: a peer that cannot be reached is a refusal of kind
/// <see cref="RefusalKind.Unavailable"/>, and the effect runner decides what follows.
/// </summary>
public interface IPeerClient
{
    Binding Binding { get; }

    ValueTask<Result<Catalog>> CatalogAsync(PeerAddress to, string? continuation, CancellationToken cancel);

    ValueTask<Result<CatalogDataset>> DatasetAsync(PeerAddress to, string datasetId, CancellationToken cancel);

    ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, NegotiationMessage message, CancellationToken cancel);

    ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, TransferMessage message, CancellationToken cancel);

    ValueTask<Result<Acknowledgement>> SendAgreementEndAsync(PeerAddress to, string messageId, string agreementId, AgreementEnd end, CancellationToken cancel);

    /// <summary>The stream of a started pull.</summary>
    IDataStream Pull(PeerAddress to, Transfer transfer);

    /// <summary>Pushes a dataset to the consumer of a started push; the answer is the consumer's signed receipt.</summary>
    ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel);
}

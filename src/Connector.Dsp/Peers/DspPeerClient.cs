using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Data;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Peers;

/// <summary>Calls peers over HTTPS in one version of the protocol. No retries of its own.</summary>
internal sealed class DspPeerClient(DspVersion version, DspHttp http, HttpData data) : IPeerClient
{
    private const string FirstPage = "/catalog/request";
    private static readonly MessageReader<DatasetDocument, CatalogDataset> s_dataset = new("Dataset", DspJson.Strict.DatasetDocument, CatalogWire.Read);
    private static readonly byte[] s_catalogRequest = CatalogWire.Request();

    public Binding Binding => version.Binding;

    public async ValueTask<Result<Catalog>> CatalogAsync(PeerAddress to, string? continuation, CancellationToken cancel)
    {
        var sent = await http.SendAsync(to, version, HttpMethod.Post, continuation ?? FirstPage, s_catalogRequest, cancel);
        return sent.Try(out var answer, out var refusal) ? DspAnswers.Read(answer, version, new MessageReader<CatalogDocument, Catalog>("Catalog", DspJson.Strict.CatalogDocument, d => CatalogWire.Read(d, answer.Next))) : refusal;
    }

    public async ValueTask<Result<CatalogDataset>> DatasetAsync(PeerAddress to, string datasetId, CancellationToken cancel)
    {
        var sent = await http.SendAsync(to, version, HttpMethod.Get, CatalogWire.PathOf(CatalogWire.Request(datasetId)), null, cancel);
        return sent.Try(out var answer, out var refusal) ? DspAnswers.Read(answer, version, s_dataset) : refusal;
    }

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, NegotiationMessage message, CancellationToken cancel)
    {
        var path = message switch
        {
            ContractRequestMessage { ProviderPid: null } => "/negotiations/request",
            ContractRequestMessage m => $"/negotiations/{DspAddresses.Segment(m.ProviderPid)}/request",
            ContractOfferMessage { ConsumerPid: null } => "/negotiations/offers",
            ContractOfferMessage m => $"/negotiations/{DspAddresses.Segment(m.ConsumerPid)}/offers",
            ContractAgreementMessage m => $"/negotiations/{DspAddresses.Segment(m.ConsumerPid)}/agreement",
            ContractAgreementVerificationMessage m => $"/negotiations/{DspAddresses.Segment(m.ProviderPid)}/agreement/verification",
            ContractNegotiationEventMessage { Finalized: true } m => $"/negotiations/{DspAddresses.Segment(m.ConsumerPid)}/events",
            ContractNegotiationEventMessage m => $"/negotiations/{DspAddresses.Segment(m.ProviderPid)}/events",
            ContractNegotiationTerminationMessage => $"/negotiations/{DspAddresses.Segment(to.PeerPid ?? "")}/termination",
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
        };
        return AcknowledgedAsync(to, path, NegotiationWire.Write(message), cancel);
    }

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, TransferMessage message, CancellationToken cancel) =>
        AcknowledgedAsync(to, $"/transfers/{(message is TransferRequestMessage ? "" : DspAddresses.Segment(to.PeerPid ?? "") + "/")}{Verb(message.Kind)}", TransferWire.Write(message), cancel);

    /// <summary>The protocol has no such message: the peer learns of the end with its next request.</summary>
    public ValueTask<Result<Acknowledgement>> SendAgreementEndAsync(PeerAddress to, string messageId, string agreementId, AgreementEnd end, CancellationToken cancel) =>
        ValueTask.FromResult<Result<Acknowledgement>>(new Acknowledgement(null, null, null));

    public IDataStream Pull(PeerAddress to, Transfer transfer) => data.Pull(to, transfer);

    public ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel) =>
        data.PushAsync(to, transfer, manifest, read, cancel);

    private async ValueTask<Result<Acknowledgement>> AcknowledgedAsync(PeerAddress to, string path, byte[] body, CancellationToken cancel) =>
        (await http.SendAsync(to, version, HttpMethod.Post, path, body, cancel)).Try(out var answer, out var refusal) ? DspAnswers.Acknowledgement(answer, version) : refusal;

    private static string Verb(TransferMessageKind kind) => kind switch
    {
        TransferMessageKind.Request => "request",
        TransferMessageKind.Start => "start",
        TransferMessageKind.Suspension => "suspension",
        TransferMessageKind.Completion => "completion",
        TransferMessageKind.Termination => "termination",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "every message has its path"),
    };
}

using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Data;

/// <summary>Data of started transfers over HTTP, as <see cref="IPeerClient"/> of the Dataspace Protocol hands it on.</summary>
internal sealed class HttpData(GuardedPeers guarded, HttpDataOptions options, IDataSources sources, ITokenSource tokens, TransferService transfers, IServiceProvider services, TimeProvider time)
{
    /// <summary>The stream of a started pull; whatever is wrong with its data address shows when it is described.</summary>
    public IDataStream Pull(PeerAddress to, Transfer transfer)
    {
        if (!Endpoint(transfer).Try(out var endpoint, out var refusal))
        {
            return new RefusedPull(refusal);
        }

        var calls = new DataCalls(ClientFor(to.Entry, endpoint), to.Entry, transfer.DataAddress!, tokens, (token, refreshToken, cancel) => transfers.RefreshedAsync(transfer.Id, token, refreshToken, cancel));
        return transfer.DataAddress!.Properties.ContainsKey(HttpAddress.Manifest)
            ? new HttpPull(calls, endpoint, options.Stall, time)
            : new SpooledPull(calls, endpoint, new Spool(options, sources, transfer.Id), options.Stall, time);
    }

    /// <summary>Pushes a dataset of one file to the address that the consumer named in its request.</summary>
    public async ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel) =>
        Endpoint(transfer).Try(out var endpoint, out var refusal)
            ? await new HttpPush(ClientFor(to.Entry, endpoint), endpoint, transfer.DataAddress!, options.Stall, time).SendAsync(manifest, read, cancel)
            : refusal;

    private static Result<Uri> Endpoint(Transfer transfer) => transfer.DataAddress switch
    {
        null => Refusal.Malformed("dataAddress", "is missing from the transfer's start", "have the provider send one, as a pull needs it"),
        { EndpointType: var type } when type is not (Formats.HttpEndpointType or "HttpData" or "https://w3id.org/edc/v0.0.1/ns/HttpData") =>
            Refusal.Malformed("dataAddress.endpointType", "is not one of HTTP", $"use {Formats.HttpEndpointType}"),
        { Endpoint: var at } => NamedAddress.Read(at) is { } uri
            ? uri
            : Refusal.Malformed("dataAddress.endpoint", "is not an absolute address of http or https", "name where the data is to be had"),
    };

    // Where our operator wrote that the peer is, its data may be too, wherever that lies; any other address must pass the guard.
    // Streams last as long as something comes; each call watches that itself.
    private HttpClient ClientFor(PeerEntry peer, Uri endpoint) => new(HandlerFor(peer, endpoint), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    private HttpMessageHandler HandlerFor(PeerEntry peer, Uri endpoint) =>
        options.HandlerFor is { } documented && DspAddresses.IsDocumented(peer, endpoint) ? documented(services)(peer) : guarded.To(peer);

    private sealed class RefusedPull(Refusal refusal) : IDataStream
    {
        public ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel) => new(refusal);

        public IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, CancellationToken cancel) => throw new ExchangeBrokenException(refusal);
    }
}

using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Grpc.Calls;
using Connector.Grpc.Errors;
using Grpc.Core;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>The bytes: pulls are served, pushes are taken.</summary>
public sealed class ExchangeEndpoints(ExchangeService exchanges, Ending ending) : V1.ExchangeService.ExchangeServiceBase
{
    public override async Task Describe(V1.DescribeRequest request, IServerStreamWriter<V1.ManifestPart> responseStream, ServerCallContext context)
    {
        using var until = ending.Of(context);
        using var flow = await OpenAsync(request.ProviderPid, request.Token, "", context, until.Token);
        foreach (var part in ManifestWire.Write(flow.Manifest))
        {
            await responseStream.WriteAsync(part, until.Token);
        }
    }

    public override async Task Pull(V1.PullRequest request, IServerStreamWriter<V1.Piece> responseStream, ServerCallContext context)
    {
        using var until = ending.Of(context);
        using var flow = await OpenAsync(request.ProviderPid, request.Token, request.ManifestVersion, context, until.Token);
        await foreach (var piece in flow.ReadAsync(new ResumePoint(request.FromFile, request.FromChunk), until.Token))
        {
            // Awaited: the piece's buffer is used again for the next, and a slow receiver slows the reading.
            await responseStream.WriteAsync(ManifestWire.Write(piece), until.Token);
        }
    }

    public override async Task<V1.SignedReceipt> Push(IAsyncStreamReader<V1.PushRequest> requestStream, ServerCallContext context)
    {
        using var until = ending.Of(context);
        if (!await requestStream.MoveNext(until.Token))
        {
            throw Refusal.Malformed("consumer_pid", "is missing: the stream is empty", "name the transfer and its token in the first message").ToRpcException();
        }

        var first = requestStream.Current;
        var receipt = await exchanges.AcceptPushAsync(
            context.Caller(), WireChecks.Id(first.ConsumerPid, "consumer_pid"), WireChecks.Id(first.Token, "token"), new PushedStream(requestStream), until.Token);
        return receipt.OrThrow(TransferWire.Write);
    }

    private async ValueTask<Flow> OpenAsync(string providerPid, string token, string version, ServerCallContext context, CancellationToken cancel) =>
        (await exchanges.OpenAsync(context.Caller(), WireChecks.Id(providerPid, "provider_pid"), WireChecks.Id(token, "token"), WireChecks.OptionalId(version, "manifest_version"), cancel)).OrThrow();

    /// <summary>A push as the sink sees it. The pusher begins at the start; what the sink has already is skipped.</summary>
    private sealed class PushedStream(IAsyncStreamReader<V1.PushRequest> requests) : IDataStream
    {
        public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel) => await ManifestWire.ReadAsync(PartsAsync(cancel), cancel);

        public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
        {
            do
            {
                // There is no message when the stream ended after its manifest.
                if (requests.Current?.Piece is { } wire && (wire.File > from.File || (wire.File == from.File && wire.Chunk >= from.Chunk)))
                {
                    yield return ManifestWire.Read(wire);
                }
            }
            while (await NextAsync(cancel));
        }

        private async IAsyncEnumerable<V1.ManifestPart> PartsAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            do
            {
                if (requests.Current.Part is { } part)
                {
                    yield return part;
                }
            }
            while (requests.Current.Piece is null && await NextAsync(cancel) && requests.Current.Piece is null);
        }

        private async ValueTask<bool> NextAsync(CancellationToken cancel)
        {
            try
            {
                return await requests.MoveNext(cancel);
            }
            catch (Exception e) when (e is IOException or RpcException)
            {
                throw new ExchangeBrokenException(new Refusal(RefusalKind.Unavailable, "connection-lost", "the connection broke during the push"));
            }
        }
    }
}

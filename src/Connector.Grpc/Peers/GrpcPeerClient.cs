using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Errors;
using Grpc.Core;
using Grpc.Net.Client;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>Calls peers over gRPC: one channel a peer, one token a call, no retries of its own.</summary>
public sealed class GrpcPeerClient(ITokenSource tokens, Func<PeerEntry, HttpMessageHandler> handlers, GrpcRoomOptions options, TimeProvider time) : IPeerClient, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (HttpMessageHandler Handler, string Address, GrpcChannel Channel)> _channels = new(StringComparer.Ordinal);

    public Binding Binding => Binding.Grpc;

    public ValueTask<Result<Catalog>> CatalogAsync(PeerAddress to, string? continuation, CancellationToken cancel) => CallAsync(to, cancel, async (calls, call) =>
        CatalogWire.Read(await new V1.CatalogService.CatalogServiceClient(calls).GetCatalogAsync(new V1.GetCatalogRequest { Continuation = continuation ?? "" }, call)));

    public ValueTask<Result<CatalogDataset>> DatasetAsync(PeerAddress to, string datasetId, CancellationToken cancel) => CallAsync(to, cancel, async (calls, call) =>
        CatalogWire.Read(await new V1.CatalogService.CatalogServiceClient(calls).GetDatasetAsync(new V1.GetDatasetRequest { Id = datasetId }, call)));

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, NegotiationMessage message, CancellationToken cancel) => CallAsync(to, cancel, async (calls, call) =>
    {
        var client = new V1.NegotiationService.NegotiationServiceClient(calls);
        var answer = await (message switch
        {
            ContractRequestMessage m => client.RequestAsync(NegotiationWire.Write(m), call),
            ContractOfferMessage m => client.OfferAsync(NegotiationWire.Write(m), call),
            ContractAgreementMessage m => client.AgreeAsync(NegotiationWire.Write(m), call),
            ContractAgreementVerificationMessage m => client.VerifyAsync(NegotiationWire.Write(m), call),
            ContractNegotiationEventMessage m => client.NotifyAsync(NegotiationWire.Write(m), call),
            ContractNegotiationTerminationMessage m => client.TerminateAsync(NegotiationWire.Write(m), call),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
        });
        return new Acknowledgement(answer.ProviderPid, answer.ConsumerPid, answer.State);
    });

    public ValueTask<Result<Acknowledgement>> SendAsync(PeerAddress to, TransferMessage message, CancellationToken cancel) => CallAsync(to, cancel, async (calls, call) =>
    {
        var client = new V1.TransferService.TransferServiceClient(calls);
        var answer = await (message switch
        {
            TransferRequestMessage m => client.RequestAsync(TransferWire.Write(m), call),
            TransferStartMessage m => client.StartAsync(TransferWire.Write(m), call),
            TransferSuspensionMessage m => client.SuspendAsync(TransferWire.Write(m), call),
            TransferCompletionMessage m => client.CompleteAsync(TransferWire.Write(m), call),
            TransferTerminationMessage m => client.TerminateAsync(TransferWire.Write(m), call),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
        });
        return new Acknowledgement(answer.ProviderPid, answer.ConsumerPid, answer.State);
    });

    public ValueTask<Result<Acknowledgement>> SendAgreementEndAsync(PeerAddress to, string messageId, string agreementId, AgreementEnd end, CancellationToken cancel) => CallAsync(to, cancel, async (calls, call) =>
    {
        await new V1.NegotiationService.NegotiationServiceClient(calls).EndAgreementAsync(NegotiationWire.Write(messageId, agreementId, end), call);
        return new Acknowledgement(null, null, null);
    });

    public IDataStream Pull(PeerAddress to, Transfer transfer) => new PulledStream(this, to, transfer);

    public ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel) =>
        CallAsync(to, cancel, async (calls, call) =>
        {
            using var push = new V1.ExchangeService.ExchangeServiceClient(calls).Push(call.WithDeadline(DateTime.MaxValue));
            try
            {
                await push.RequestStream.WriteAsync(new V1.PushRequest { ConsumerPid = transfer.ConsumerPid, Token = transfer.DataAddress?.Token ?? "" }, cancel);
                foreach (var part in ManifestWire.Write(manifest))
                {
                    await push.RequestStream.WriteAsync(new V1.PushRequest { Part = part }, cancel);
                }

                await foreach (var piece in read(default))
                {
                    await push.RequestStream.WriteAsync(new V1.PushRequest { Piece = ManifestWire.Write(piece) }, cancel);
                }

                await push.RequestStream.CompleteAsync();
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException)
            {
                // The receiver ended the call early; its answer, awaited next, says why.
            }

            return TransferWire.Read(await push);
        });

    public void Dispose()
    {
        foreach (var (_, _, channel) in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private async ValueTask<Result<T>> CallAsync<T>(PeerAddress to, CancellationToken cancel, Func<CallInvoker, CallOptions, Task<T>> call)
    {
        if (!(await OptionsAsync(to, cancel)).Try(out var ready, out var refusal))
        {
            return refusal;
        }

        try
        {
            return await call(ready.Calls, ready.Options.WithDeadline((time.GetUtcNow() + s_patience).UtcDateTime));
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            return e.ToRefusal();
        }
    }

    private async ValueTask<Result<(CallInvoker Calls, CallOptions Options)>> OptionsAsync(PeerAddress to, CancellationToken cancel)
    {
        if (to.Entry.GrpcAddress is not { } address)
        {
            return new Refusal(RefusalKind.Unavailable, "no-grpc-address", $"the Peer document '{to.Entry.Name}' has no gRPC address", "address", "add the address, or use the binding dsp");
        }

        if (!(await tokens.TokenForAsync(to.Entry, cancel)).Try(out var token, out var refusal))
        {
            return refusal.Kind == RefusalKind.Unavailable ? refusal : refusal with { Kind = RefusalKind.Unavailable };
        }

        return (Channel(to.Entry, address).CreateCallInvoker(), new CallOptions(new Metadata { { "authorization", $"Bearer {token}" } }, cancellationToken: cancel));
    }

    private GrpcChannel Channel(PeerEntry peer, string address)
    {
        var handler = handlers(peer);
        while (true)
        {
            if (_channels.TryGetValue(peer.ParticipantId, out var known) && ReferenceEquals(known.Handler, handler) && known.Address == address)
            {
                return known.Channel;
            }

            var opened = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = false, MaxReceiveMessageSize = options.MaxMessageBytes });
            if (known.Channel is null ? _channels.TryAdd(peer.ParticipantId, (handler, address, opened)) : _channels.TryUpdate(peer.ParticipantId, (handler, address, opened), known))
            {
                return opened;
            }

            opened.Dispose();
        }
    }

    /// <summary>The stream of a pull.</summary>
    private sealed class PulledStream(GrpcPeerClient client, PeerAddress to, Transfer transfer) : IDataStream
    {
        private string Token => transfer.DataAddress?.Token ?? "";

        public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
        {
            try
            {
                return await client.CallAsync(to, cancel, async (calls, call) =>
                {
                    using var parts = new V1.ExchangeService.ExchangeServiceClient(calls).Describe(new V1.DescribeRequest { ProviderPid = transfer.ProviderPid, Token = Token }, call);
                    return await ManifestWire.ReadAsync(parts.ResponseStream.ReadAllAsync(cancel), cancel);
                });
            }
            catch (ExchangeBrokenException e)
            {
                return e.Refusal;
            }
        }

        public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
        {
            if (!(await client.OptionsAsync(to, cancel)).Try(out var ready, out var refusal))
            {
                throw new ExchangeBrokenException(refusal);
            }

            var request = new V1.PullRequest { ProviderPid = transfer.ProviderPid, Token = Token, FromFile = from.File, FromChunk = from.Chunk };
            using var pull = new V1.ExchangeService.ExchangeServiceClient(ready.Calls).Pull(request, ready.Options);
            while (await NextAsync(pull.ResponseStream, cancel))
            {
                yield return ManifestWire.Read(pull.ResponseStream.Current);
            }
        }

        private static async ValueTask<bool> NextAsync(IAsyncStreamReader<V1.Piece> pieces, CancellationToken cancel)
        {
            try
            {
                return await pieces.MoveNext(cancel);
            }
            catch (RpcException e) when (!cancel.IsCancellationRequested)
            {
                throw new ExchangeBrokenException(e.ToRefusal());
            }
        }
    }
}

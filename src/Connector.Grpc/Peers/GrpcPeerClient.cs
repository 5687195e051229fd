using System.Collections.Concurrent;
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
    private readonly Lock _opening = new();
    private readonly ConcurrentDictionary<string, (HttpMessageHandler Handler, string Address, GrpcChannel Channel)> _channels = new(StringComparer.Ordinal);

    private static readonly TimeSpan s_reconnect = TimeSpan.FromMilliseconds(50);

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
        return Acknowledged(answer.ProviderPid, answer.ConsumerPid, answer.State);
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
        return Acknowledged(answer.ProviderPid, answer.ConsumerPid, answer.State);
    });

    public ValueTask<Result<Acknowledgement>> SendAgreementEndAsync(PeerAddress to, string messageId, string agreementId, AgreementEnd end, CancellationToken cancel) => CallAsync(to, cancel, async (calls, call) =>
    {
        await new V1.NegotiationService.NegotiationServiceClient(calls).EndAgreementAsync(NegotiationWire.Write(messageId, agreementId, end), call);
        return new Acknowledgement(null, null, null);
    });

    public IDataStream Pull(PeerAddress to, Transfer transfer) => new PulledStream(this, to, transfer, options, time);

    public ValueTask<Result<SignedReceipt>> PushAsync(PeerAddress to, Transfer transfer, Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel) =>
        CallAsync(to, cancel, async (calls, call) =>
        {
            using var push = new V1.ExchangeService.ExchangeServiceClient(calls).Push(Lasting(call));
            try
            {
                await SendAsync(push.RequestStream, new V1.PushRequest { ConsumerPid = transfer.ConsumerPid, Token = transfer.DataAddress?.Token ?? "" }, cancel);
                foreach (var part in ManifestWire.Write(manifest))
                {
                    await SendAsync(push.RequestStream, new V1.PushRequest { Part = part }, cancel);
                }

                await foreach (var piece in read(default))
                {
                    await SendAsync(push.RequestStream, new V1.PushRequest { Piece = ManifestWire.Write(piece) }, cancel);
                }

                await push.RequestStream.CompleteAsync();
            }
            catch (RpcException)
            {
                // The receiver ended the call early; its answer, awaited next, says why.
            }
            catch (ExchangeBrokenException e)
            {
                throw e.Refusal.ToRpcException();
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
            return await call(ready.Calls, ready.Options.WithDeadline((time.GetUtcNow() + options.Deadline).UtcDateTime));
        }
        catch (RpcException e)
        {
            cancel.ThrowIfCancellationRequested();
            return e.ToRefusal();
        }
    }

    // A connection that breaks within a write shows as what it was to HTTP, not as the status that it gives the call.
    private static async Task SendAsync(IClientStreamWriter<V1.PushRequest> to, V1.PushRequest part, CancellationToken cancel)
    {
        try
        {
            await to.WriteAsync(part, cancel);
        }
        catch (IOException e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, e.Message, e));
        }
    }

    private static Acknowledgement Acknowledged(string providerPid, string consumerPid, string state) => new(
        WireChecks.OptionalId(providerPid, "provider_pid"), WireChecks.OptionalId(consumerPid, "consumer_pid"), WireChecks.OptionalId(state, "state"));

    // What moves data lasts as long as it takes.
    private static CallOptions Lasting(CallOptions call) => new(call.Headers, cancellationToken: call.CancellationToken);

    /// <summary>The peer's channel, and options for one call with a token of its own.</summary>
    internal async ValueTask<Result<(CallInvoker Calls, CallOptions Options)>> OptionsAsync(PeerAddress to, CancellationToken cancel)
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
        if (Known(peer, handler, address) is { } known)
        {
            return known;
        }

        // One at a time: a second channel over the same handler would take its way to connect from the first.
        lock (_opening)
        {
            if (Known(peer, handler, address) is { } meanwhile)
            {
                return meanwhile;
            }

            // A channel that is replaced finishes its calls; it holds nothing but the handler, which has an owner.
            var opened = GrpcChannel.ForAddress(address, new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = false,
                MaxReceiveMessageSize = options.MaxAnswerBytes,

                // When to try again is the effect runner's to say; the channel's own pause of up to two minutes would overrule it.
                InitialReconnectBackoff = s_reconnect,
                MaxReconnectBackoff = s_reconnect,
            });
            _channels[peer.ParticipantId] = (handler, address, opened);
            return opened;
        }
    }

    private GrpcChannel? Known(PeerEntry peer, HttpMessageHandler handler, string address) =>
        _channels.TryGetValue(peer.ParticipantId, out var known) && ReferenceEquals(known.Handler, handler) && known.Address == address ? known.Channel : null;
}

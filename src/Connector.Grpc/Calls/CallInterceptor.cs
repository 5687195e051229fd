using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc.Calls;

/// <summary>Ends every call cleanly: a refusal leaves as its status and is logged once; of a fault of ours nothing shows but a request id.</summary>
internal sealed class CallInterceptor(IHostApplicationLifetime host, ILogger<CallInterceptor> log) : Interceptor
{
    private static readonly Refusal s_stopping = new(RefusalKind.Unavailable, "stopping", "this connector is being stopped", null, "try again in a moment");
    private static readonly Refusal s_internal = new(RefusalKind.Internal, "internal", "a fault of this connector", null, "tell its operator the request id");

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e)
        {
            throw EndOf(context, e);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e)
        {
            throw EndOf(context, e);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception e)
        {
            throw EndOf(context, e);
        }
    }

    private RpcException EndOf(ServerCallContext context, Exception fault)
    {
        if (fault is OperationCanceledException && host.ApplicationStopping.IsCancellationRequested)
        {
            return s_stopping.ToRpcException();
        }

        if (context.CancellationToken.IsCancellationRequested && fault is not ExchangeBrokenException)
        {
            return new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
        }

        var peer = context.GetHttpContext().Features.Get<Peer>();
        var caller = peer?.ParticipantId ?? "the operator";
        switch (fault)
        {
            case StoreException store:
                Log.StoreFailed(log, context.Method, caller, store.Message);
                return (peer is null ? store.ForOperator : StoreException.ForPeers).ToRpcException();
            case ExchangeBrokenException broken:
                Log.CallRefused(log, context.Method, caller, broken.Refusal.Code, broken.Refusal.Message);
                return broken.Refusal.ToRpcException();
            case RpcException refused:
                Log.CallRefused(log, context.Method, caller, refused.ToRefusal().Code, refused.Status.Detail);
                return refused;
            default:
                var requestId = context.GetHttpContext().TraceIdentifier;
                Log.CallFaulted(log, fault, context.Method, caller, requestId);
                return s_internal.ToRpcException(requestId);
        }
    }
}

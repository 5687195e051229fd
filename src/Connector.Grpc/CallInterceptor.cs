using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.Grpc.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc;

/// <summary>
/// Stands before every call: peers on the peers' port by their tokens, the operator on the management port by the operator's token. A
/// service called on the other port is not there. Whatever goes wrong leaves as a clean status, and is logged once.
/// </summary>
public sealed class CallInterceptor(IPeerAuthenticator authenticator, GrpcRoomOptions options, ILogger<CallInterceptor> log) : Interceptor
{
    private const string PeerServices = "/dataspace.peer.";
    private const string Scheme = "Bearer ";
    private static readonly object s_peerKey = new();
    private static readonly object s_pinKey = new();

    private readonly byte[] _operator = SHA256.HashData(Encoding.UTF8.GetBytes(options.OperatorToken));

    /// <summary>The authenticated caller of a peer call.</summary>
    public static Peer PeerOf(ServerCallContext context) => (Peer)context.UserState[s_peerKey];

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, context));

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            await AdmitAsync(context);
            return await call();
        }
        catch (RpcException e)
        {
            var refusal = e.ToRefusal();
            Log.CallRefused(log, context.Method, context.Peer, refusal.Code, e.Status.Detail);
            throw;
        }
        catch (ExchangeBrokenException e)
        {
            Log.CallRefused(log, context.Method, context.Peer, e.Refusal.Code, e.Refusal.Message);
            throw e.Refusal.ToRpcException();
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
        }
        catch (Exception e)
        {
            var reference = context.GetHttpContext().TraceIdentifier;
            Log.CallFaulted(log, e, context.Method, context.Peer, reference);
            throw new Refusal(RefusalKind.Internal, "internal", $"an internal fault; tell the operator of this connector the reference {reference}").ToRpcException();
        }
    }

    private async ValueTask AdmitAsync(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var isPeer = context.Method.StartsWith(PeerServices, StringComparison.Ordinal);
        if (http.Connection.LocalPort != (isPeer ? options.PeerPort : options.ManagementPort))
        {
            throw new RpcException(new Status(StatusCode.Unimplemented, "this service is not served here"));
        }

        var authorization = http.Request.Headers.Authorization;
        var token = authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : null;
        if (isPeer)
        {
            var peer = (await authenticator.AuthenticateAsync(token, PinOf(http), context.CancellationToken)).OrThrow();
            context.UserState[s_peerKey] = peer;
        }
        else if (token is null || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), _operator))
        {
            throw new Refusal(RefusalKind.Unauthenticated, "operator-token", "the operator's token is missing or wrong", null, "give the token of listen.management.tokenFile").ToRpcException();
        }
    }

    // A connection's certificate never changes, so its pin is computed once.
    private static string? PinOf(HttpContext http)
    {
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return null;
        }

        var items = http.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(s_pinKey, out var known))
        {
            return (string?)known;
        }

        var pin = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
        if (items is not null)
        {
            items[s_pinKey] = pin;
        }

        return pin;
    }
}

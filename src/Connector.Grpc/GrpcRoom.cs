using Connector.ControlPlane.Participants;
using Connector.Grpc.Calls;
using Connector.Grpc.Management;
using Connector.Grpc.Peers;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc;

/// <summary>Furnishes the room: services, gate, endpoints.</summary>
public static class GrpcRoom
{
    public static IServiceCollection AddGrpcRoom(this IServiceCollection services, GrpcRoomOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CallGate>().AddSingleton<CallInterceptor>().AddSingleton<Ending>().AddSingleton<Following>();
        services.AddSingleton<IPeerClient>(at => new GrpcPeerClient(at.GetRequiredService<ITokenSource>(), options.HandlerFor(at), options, at.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CatalogEndpoints>().AddSingleton<NegotiationEndpoints>().AddSingleton<TransferEndpoints>().AddSingleton<ExchangeEndpoints>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxMessageBytes;
            grpc.MaxSendMessageSize = null;
            grpc.EnableDetailedErrors = false;
            grpc.Interceptors.Add<CallInterceptor>();
        });
        ForOperator<DocumentManagement>(services, options);
        ForOperator<CatalogManagement>(services, options);
        ForOperator<NegotiationManagement>(services, options);
        ForOperator<AgreementManagement>(services, options);
        ForOperator<TransferManagement>(services, options);
        ForOperator<EvidenceManagement>(services, options);
        ForOperator<PolicyManagement>(services, options);
        ForOperator<StatusManagement>(services, options);

        // A call that ends with an error is told once, by this room's own log.
        services.AddLogging(logging => logging.AddFilter("Grpc", LogLevel.Critical));
        return services;
    }

    public static void MapGrpcRoom(this IEndpointRouteBuilder routes)
    {
        var gate = routes.ServiceProvider.GetRequiredService<CallGate>();
        BehindPeers(routes.MapGrpcService<CatalogEndpoints>(), gate);
        BehindPeers(routes.MapGrpcService<NegotiationEndpoints>(), gate);
        BehindPeers(routes.MapGrpcService<TransferEndpoints>(), gate);
        BehindPeers(routes.MapGrpcService<ExchangeEndpoints>(), gate);
        BehindOperator(routes.MapGrpcService<DocumentManagement>(), gate);
        BehindOperator(routes.MapGrpcService<CatalogManagement>(), gate);
        BehindOperator(routes.MapGrpcService<NegotiationManagement>(), gate);
        BehindOperator(routes.MapGrpcService<AgreementManagement>(), gate);
        BehindOperator(routes.MapGrpcService<TransferManagement>(), gate);
        BehindOperator(routes.MapGrpcService<PolicyManagement>(), gate);
        BehindOperator(routes.MapGrpcService<EvidenceManagement>(), gate);
        BehindOperator(routes.MapGrpcService<StatusManagement>(), gate);
    }

    private static void ForOperator<T>(IServiceCollection services, GrpcRoomOptions options)
        where T : class
    {
        services.AddSingleton<T>();
        services.Configure<GrpcServiceOptions<T>>(grpc => grpc.MaxReceiveMessageSize = options.MaxOperatorMessageBytes);
    }

    private static void BehindPeers(GrpcServiceEndpointConventionBuilder service, CallGate gate) => service.Add(endpoint =>
    {
        var next = endpoint.RequestDelegate!;
        var streams = endpoint.Metadata.OfType<GrpcMethodMetadata>().FirstOrDefault() is { Method.Type: not MethodType.Unary };
        endpoint.RequestDelegate = call => gate.PeerAsync(call, streams, next);
    });

    private static void BehindOperator(GrpcServiceEndpointConventionBuilder service, CallGate gate) => service.Add(endpoint =>
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = call => gate.OperatorAsync(call, next);
    });
}

using Connector.ControlPlane.Participants;
using Connector.Grpc.Management;
using Connector.Grpc.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Connector.Grpc;

/// <summary>Furnishes the room: services, interceptors, endpoints.</summary>
public static class GrpcRoom
{
    public static IServiceCollection AddGrpcRoom(this IServiceCollection services, GrpcRoomOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CallInterceptor>();
        services.AddSingleton<IPeerClient>(at => new GrpcPeerClient(at.GetRequiredService<ITokenSource>(), options.HandlerFor(at), options, at.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CatalogEndpoints>().AddSingleton<NegotiationEndpoints>().AddSingleton<TransferEndpoints>().AddSingleton<ExchangeEndpoints>();
        services.AddSingleton<DocumentManagement>().AddSingleton<CatalogManagement>().AddSingleton<NegotiationManagement>().AddSingleton<AgreementManagement>();
        services.AddSingleton<TransferManagement>().AddSingleton<EvidenceManagement>().AddSingleton<StatusManagement>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxMessageBytes;
            grpc.EnableDetailedErrors = false;
            grpc.Interceptors.Add<CallInterceptor>();
        });
        return services;
    }

    public static void MapGrpcRoom(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<CatalogEndpoints>();
        routes.MapGrpcService<NegotiationEndpoints>();
        routes.MapGrpcService<TransferEndpoints>();
        routes.MapGrpcService<ExchangeEndpoints>();
        routes.MapGrpcService<DocumentManagement>();
        routes.MapGrpcService<CatalogManagement>();
        routes.MapGrpcService<NegotiationManagement>();
        routes.MapGrpcService<AgreementManagement>();
        routes.MapGrpcService<TransferManagement>();
        routes.MapGrpcService<EvidenceManagement>();
        routes.MapGrpcService<StatusManagement>();
    }
}

using Connector.ControlPlane.Participants;
using Connector.Dsp.Endpoints;
using Connector.Dsp.Peers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Connector.Dsp;

/// <summary>Furnishes the room: services and endpoints.</summary>
public static class DspRoom
{
    public static IServiceCollection AddDspRoom(this IServiceCollection services, DspRoomOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DspGate>();
        services.AddSingleton(at => new DspHttp(at.GetRequiredService<ITokenSource>(), options.HandlerFor(at), options));
        services.AddSingleton<VersionEndpoint>().AddSingleton<CatalogEndpoints>().AddSingleton<NegotiationEndpoints>().AddSingleton<TransferEndpoints>();
        foreach (var version in DspVersion.All)
        {
            services.AddSingleton<IPeerClient>(at => new DspPeerClient(version, at.GetRequiredService<DspHttp>()));
        }

        return services;
    }

    public static void MapDspRoom(this IEndpointRouteBuilder routes)
    {
        var at = routes.ServiceProvider;
        at.GetRequiredService<VersionEndpoint>().Map(routes);
        foreach (var version in DspVersion.All)
        {
            at.GetRequiredService<CatalogEndpoints>().Map(routes, version);
            at.GetRequiredService<NegotiationEndpoints>().Map(routes, version);
            at.GetRequiredService<TransferEndpoints>().Map(routes, version);
        }
    }
}

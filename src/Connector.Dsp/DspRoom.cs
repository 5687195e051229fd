using Connector.ControlPlane.Participants;
using Connector.Dsp.Data;
using Connector.Dsp.Endpoints;
using Connector.Dsp.Outbound;
using Connector.Dsp.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        services.AddSingleton(at => new DspHttp(at.GetRequiredService<ITokenSource>(), options.HandlerFor(at), at.GetRequiredService<GuardedPeers>(), at.GetRequiredService<PeerVersions>(), at.GetRequiredService<Participant>(), options, at.GetRequiredService<TimeProvider>()));
        services.AddSingleton(at => new PeerVersions(options.HandlerFor(at), options, at.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPeerBindings>(at => at.GetRequiredService<PeerVersions>());
        services.AddHttpData(options.Data);
        services.AddSingleton<PublicAnswers>().AddSingleton<VersionEndpoint>().AddSingleton<DidEndpoint>().AddSingleton<CatalogEndpoints>().AddSingleton<NegotiationEndpoints>().AddSingleton<TransferEndpoints>();
        foreach (var version in DspVersion.All)
        {
            services.AddSingleton<IPeerClient>(at => new DspPeerClient(version, at.GetRequiredService<DspHttp>(), at.GetRequiredService<HttpData>()));
        }

        return services;
    }

    // An endpoint called on another port is not there.
    private static void Only(IReadOnlySet<int> ports, EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            if (ports.Contains(http.Connection.LocalPort))
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    public static void MapDspRoom(this IEndpointRouteBuilder routes)
    {
        var at = routes.ServiceProvider;
        var ports = at.GetRequiredService<DspRoomOptions>().Ports;
        ((IEndpointConventionBuilder)routes.MapHttpData()).Add(endpoint => Only(ports, endpoint));
        at.GetRequiredService<VersionEndpoint>().Map(routes);
        at.GetRequiredService<DidEndpoint>().Map(routes);
        foreach (var version in DspVersion.All)
        {
            at.GetRequiredService<CatalogEndpoints>().Map(routes, version);
            at.GetRequiredService<NegotiationEndpoints>().Map(routes, version);
            at.GetRequiredService<TransferEndpoints>().Map(routes, version);
        }
    }
}

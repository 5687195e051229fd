using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Outbound;
using Connector.Dsp.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Data;

/// <summary>Data over HTTP as the daemon wires it.</summary>
public static class HttpDataRoom
{
    /// <summary>Path that the endpoints are mapped at; <c>Participant.DataAddress</c> must lead there.</summary>
    public const string Path = "/data";

    /// <summary>Needs the control plane, <see cref="TimeProvider"/> and logging registered.</summary>
    public static IServiceCollection AddHttpData(this IServiceCollection services, HttpDataOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(at => new OutboundGuard(options.Outbound, at.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GuardedPeers>();
        services.AddSingleton<DataGate>().AddSingleton<DataEndpoints>().AddSingleton<RefreshEndpoints>().AddSingleton<InboxEndpoints>().AddSingleton<HttpData>();
        services.AddSingleton<IUnfinished, Spools>().AddSingleton<SourceCalls>().AddSingleton<ProxyAnswer>();
        return services;
    }

    /// <summary>Registers <see cref="IDataSources"/>: HTTP addresses are this room's, all others those that are given.</summary>
    public static IServiceCollection AddHttpSources(this IServiceCollection services, Func<IServiceProvider, IDataSources> others) => services.AddSingleton<IDataSources>(at =>
    {
        var (calls, files, time) = (at.GetRequiredService<SourceCalls>(), others(at), at.GetRequiredService<TimeProvider>());
        var snapshots = new Snapshots(new SnapshotCalls(calls, files, time), at.GetRequiredService<Library>(), at.GetRequiredService<HttpDataOptions>(), time, at.GetRequiredService<ILogger<Snapshots>>());
        return new HttpSources(calls, snapshots, files);
    });

    /// <summary>Maps the public endpoints. The group is given back for the daemon's own conditions, such as ports.</summary>
    public static RouteGroupBuilder MapHttpData(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path);
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        var gate = routes.ServiceProvider.GetRequiredService<DataGate>();
        group.MapMethods("/{providerPid}", reads, gate.Around("providerPid", (context, pid) => Of<DataEndpoints>(context).GetAsync(context, pid)));
        group.MapMethods("/{providerPid}/{**file}", reads, gate.Around("providerPid", (context, pid) => Of<DataEndpoints>(context).GetAsync(context, pid)));
        group.MapMethods("/inbox/{consumerPid}", [HttpMethods.Put, HttpMethods.Post], gate.Around("consumerPid", (context, pid) => Of<InboxEndpoints>(context).PutAsync(context, pid)));
        group.MapPost("/{providerPid}/token", gate.Around("providerPid", (context, pid) => Of<RefreshEndpoints>(context).PostAsync(context, pid)));
        return group;
    }

    private static T Of<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}

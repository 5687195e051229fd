using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Connector.Grpc.Calls;

/// <summary>When long calls end: their caller leaves, or this connector stops. Without the second a stop would wait for the last watcher.</summary>
public sealed class Ending(IHostApplicationLifetime host)
{
    public CancellationTokenSource Of(ServerCallContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, host.ApplicationStopping);
}

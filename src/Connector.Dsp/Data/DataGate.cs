using Connector.ControlPlane;
using Connector.ControlPlane.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Data;

/// <summary>Stands around every call of the data endpoints: of a store that cannot store, or a fault of our own, the caller learns no more than that, and the operator the rest, once.</summary>
internal sealed class DataGate(ILogger<DataGate> logger)
{
    /// <param name="pid">The route's value that names the transfer.</param>
    public RequestDelegate Around(string pid, Func<HttpContext, string, Task> answer) => async context =>
    {
        try
        {
            await answer(context, (string)context.GetRouteValue(pid)!);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever called went away, before it was answered or in the midst of it; it comes again when it has reason to.
        }
        catch (StoreException e)
        {
            Log.StoreFailed(logger, context.Request.Method, context.Request.Path, Remote(context), e.Message);
            await TellAsync(context, StoreException.ForPeers);
        }
        catch (Exception e)
        {
            Log.CallFaulted(logger, e, context.Request.Method, context.Request.Path, Remote(context), context.TraceIdentifier);
            await TellAsync(context, new Refusal(RefusalKind.Internal, "internal", $"the connector met a fault of its own (id {context.TraceIdentifier})", null, "try again later; its operator finds the fault in the log"));
        }
    };

    public static string Remote(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "?";

    // Of an answer that has begun, only a broken connection tells its reader that it is not whole.
    private static Task TellAsync(HttpContext context, Refusal refusal)
    {
        if (!context.Response.HasStarted)
        {
            return DataRefusalToHttp.WriteAsync(context, refusal);
        }

        context.Abort();
        return Task.CompletedTask;
    }
}

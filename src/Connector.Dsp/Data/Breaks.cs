using Connector.ControlPlane.Exchanges;

namespace Connector.Dsp.Data;

/// <summary>Which exceptions mean that a call or its stream broke, rather than that it was called off.</summary>
internal static class Breaks
{
    public static bool Is(Exception e, Patience patience, CancellationToken cancel) => e switch
    {
        HttpRequestException or IOException => !cancel.IsCancellationRequested,
        OperationCanceledException => patience.IsOver && !cancel.IsCancellationRequested,
        NotSupportedException => true,
        _ => false,
    };
}

using System.Globalization;

namespace Connector.Grpc.Calls;

/// <summary>The deadline that a call asks for (gRPC over HTTP/2, <c>grpc-timeout</c>: at most 8 digits and a unit).</summary>
internal static class GrpcTimeout
{
    /// <summary>Whether the call's own deadline comes no later than the bound. A call without one, or with an unreadable one, is not.</summary>
    public static bool IsWithin(string? timeout, TimeSpan bound)
    {
        if (timeout is not { Length: >= 2 and <= 9 } || !long.TryParse(timeout.AsSpan(0, timeout.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var ticks = timeout[^1] switch
        {
            'H' => count * TimeSpan.TicksPerHour,
            'M' => count * TimeSpan.TicksPerMinute,
            'S' => count * TimeSpan.TicksPerSecond,
            'm' => count * TimeSpan.TicksPerMillisecond,
            'u' => count * TimeSpan.TicksPerMicrosecond,
            'n' => count / 100,
            _ => long.MaxValue,
        };
        return ticks <= bound.Ticks;
    }
}

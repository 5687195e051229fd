using Connector.ControlPlane;
using Microsoft.AspNetCore.Http;

namespace Connector.Grpc.Calls;

/// <summary>Gives a reason to calls whose message could not even be read: the framework ends these before any code of ours sees them.</summary>
internal static class Unread
{
    private const string Unknown = "2";
    private const string Exhausted = "8";

    private static readonly Refusal s_malformed = new(RefusalKind.Malformed, "unreadable", "the message is not of the type that this method takes", null, "send protobuf as dataspace.peer.v1 or connector.management.v1 defines it");
    private static readonly Refusal s_tooLarge = new(RefusalKind.Exhausted, "too-large", "the message is larger than this connector takes", null, "send less at a time");

    /// <summary>The refusal that was answered instead, or null when the call went its ordinary way.</summary>
    public static Refusal? Explain(HttpContext call)
    {
        if (call.Response.HasStarted || call.Response.Headers.ContainsKey("grpc-status-details-bin"))
        {
            return null;
        }

        Refusal? refusal = call.Response.Headers["grpc-status"].ToString() switch
        {
            Unknown => s_malformed,
            Exhausted => s_tooLarge,
            _ => null,
        };
        if (refusal is not null)
        {
            TrailersOnly.Answer(call, refusal);
        }

        return refusal;
    }
}

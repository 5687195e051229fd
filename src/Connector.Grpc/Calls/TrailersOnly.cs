using System.Globalization;
using Connector.ControlPlane;
using Connector.Grpc.Errors;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Connector.Grpc.Calls;

/// <summary>Answers a call with an error without a message (gRPC over HTTP/2, Trailers-Only).</summary>
internal static class TrailersOnly
{
    public static void Answer(HttpContext call, Refusal refusal)
    {
        var rich = refusal.ToStatus();
        Write(call, rich.Code, rich.Message);
        call.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(rich.ToByteArray());
    }

    /// <summary>As if there were no such service here.</summary>
    public static void AnswerUnimplemented(HttpContext call) => Write(call, (int)Google.Rpc.Code.Unimplemented, "this service is not served here");

    private static void Write(HttpContext call, int code, string message)
    {
        call.Response.StatusCode = StatusCodes.Status200OK;
        call.Response.ContentType = "application/grpc";
        call.Response.Headers["grpc-status"] = code.ToString(CultureInfo.InvariantCulture);
        call.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
    }
}

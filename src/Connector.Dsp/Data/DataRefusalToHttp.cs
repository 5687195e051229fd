using Connector.ControlPlane;
using Connector.Dsp.Errors;
using Connector.Dsp.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connector.Dsp.Data;

/// <summary>Refusals as answers of the data endpoints: a status and <c>{code, reason, mend}</c>.</summary>
public static class DataRefusalToHttp
{
    /// <summary>As messages are answered, but for what the transfer's state forbids: that is a conflict here, where no DSP error body tells it from bad input.</summary>
    private static int Status(Refusal refusal) => refusal.Kind == RefusalKind.InvalidTransition ? StatusCodes.Status409Conflict : RefusalToHttp.StatusOf(refusal);

    /// <summary>The kind that a status of another connector's data endpoint stands for.</summary>
    public static RefusalKind Kind(int status) => status switch
    {
        StatusCodes.Status400BadRequest => RefusalKind.Malformed,
        StatusCodes.Status401Unauthorized => RefusalKind.Unauthenticated,
        StatusCodes.Status404NotFound => RefusalKind.NotFound,
        StatusCodes.Status410Gone => RefusalKind.Ended,
        StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests or >= 500 => RefusalKind.Unavailable,
        _ => RefusalKind.Forbidden,
    };

    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        context.Response.Clear();
        context.Response.StatusCode = Status(refusal);
        context.Response.Headers.CacheControl = "no-store";
        if (refusal.Kind == RefusalKind.Unauthenticated)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"invalid_token\"";
        }

        if (refusal.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = RetryAfterField.Of(pause);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsJsonAsync(new RefusalDocument(refusal.Code, refusal.Message, refusal.Mend), DataJson.Default.RefusalDocument, null, context.RequestAborted);
        }
    }
}

using Connector.ControlPlane;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Errors;

/// <summary>Every kind of refusal as an HTTP status. Total: a kind without a status does not exist.</summary>
internal static class RefusalToHttp
{
    /// <summary>The status (DSP 2025-1, HTTPS bindings: 400 for an invalid transition, 404 for what the caller may not know of). Peers try again upon 429 and 5xx, so a bound that stays is none of them.</summary>
    public static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        "too-slow" => StatusCodes.Status408RequestTimeout,
        "disk-full" => StatusCodes.Status507InsufficientStorage,
        "token-replay-full" => StatusCodes.Status429TooManyRequests,
        "media-type" => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusOf(refusal.Kind),
    };

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Malformed or RefusalKind.InvalidTransition or RefusalKind.Exhausted => StatusCodes.Status400BadRequest,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden or RefusalKind.PolicyDenied => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Ended => StatusCodes.Status410Gone,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.Internal => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "every kind has a status"),
    };
}

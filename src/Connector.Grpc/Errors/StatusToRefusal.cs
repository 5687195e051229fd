using System.Net.Sockets;
using System.Security.Authentication;
using Connector.ControlPlane;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Connector.Grpc.Errors;

/// <summary>What another connector's error means to us: the inverse of <see cref="RefusalToStatus"/>, and of errors on the way there.</summary>
public static class StatusToRefusal
{
    private const int LongestCode = 100;
    private const int LongestText = 1000;
    private const long LongestPause = 24 * 60 * 60;

    /// <summary>The refusal behind an error; of kind <see cref="RefusalKind.Unavailable"/> exactly when trying again makes sense.</summary>
    public static Refusal ToRefusal(this RpcException exception)
    {
        try
        {
            return exception.GetRpcStatus() is { } status && status.GetDetail<ErrorInfo>() is { } info ? Told(exception.StatusCode, status, info) : Plain(exception);
        }
        catch (InvalidProtocolBufferException)
        {
            // The whole, or one of its details, which are read only when they are asked for.
            return Plain(exception);
        }
    }

    private static Refusal Told(StatusCode code, Google.Rpc.Status status, ErrorInfo info) => new(
        KindOf(code, info),
        ForeignText.ShownOrNull(info.Reason, LongestCode) ?? Word(code),
        ForeignText.ShownOrNull(status.Message, LongestText) ?? "no reason was given",
        ForeignText.ShownOrNull(status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field, LongestCode),
        ForeignText.ShownOrNull(status.GetDetail<Help>()?.Links.FirstOrDefault()?.Description, LongestText))
    {
        RetryAfter = status.GetDetail<RetryInfo>()?.RetryDelay is { Seconds: > 0 and <= LongestPause } pause ? TimeSpan.FromSeconds(pause.Seconds) : null,
    };

    // The code decides; the kind in the details only tells apart those that share one. The other side's own fault may pass: try again.
    private static RefusalKind KindOf(StatusCode code, ErrorInfo info) =>
        info.Metadata.TryGetValue(RefusalToStatus.KindKey, out var name)
        && Enum.TryParse<RefusalKind>(name, out var kind)
        && Enum.IsDefined(kind)
        && kind != RefusalKind.Internal
        && RefusalToStatus.CodeOf(kind) == code
            ? kind
            : KindOf(code);

    private static RefusalKind KindOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.Unimplemented => RefusalKind.Malformed,
        StatusCode.Unauthenticated => RefusalKind.Unauthenticated,
        StatusCode.PermissionDenied => RefusalKind.Forbidden,
        StatusCode.NotFound => RefusalKind.NotFound,
        StatusCode.FailedPrecondition or StatusCode.AlreadyExists => RefusalKind.InvalidTransition,
        StatusCode.ResourceExhausted => RefusalKind.Exhausted,
        _ => RefusalKind.Unavailable,
    };

    // Errors without details of ours: of the connection, of the gRPC framework, or of a server of another make.
    private static Refusal Plain(RpcException exception) => exception switch
    {
        _ when IsCausedBy<AuthenticationException>(exception) => new(
            RefusalKind.Unavailable, "peer-certificate", "TLS failed: another certificate is shown at the peer's address than its document names, or it does not take ours", null, "compare the certificate pins in both Peer documents with the certificates in use"),
        _ when IsCausedBy<HttpRequestException>(exception) || IsCausedBy<SocketException>(exception) || IsCausedBy<IOException>(exception) => new(
            RefusalKind.Unavailable, "unreachable", "the peer cannot be reached, or the connection broke", null, "check its address, and that it runs"),
        { StatusCode: StatusCode.DeadlineExceeded } => new(RefusalKind.Unavailable, "deadline", "the peer did not answer in time"),
        { StatusCode: StatusCode.Unimplemented } => new(RefusalKind.Malformed, "unimplemented", "what answers at the peer's address does not serve this", null, "check the address in the Peer document"),
        _ => new(KindOf(exception.StatusCode), $"grpc-{Word(exception.StatusCode)}", ForeignText.ShownOrNull(exception.Status.Detail, LongestText) ?? "no reason was given"),
    };

    private static bool IsCausedBy<T>(RpcException exception)
        where T : Exception
    {
        for (var cause = exception.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is T)
            {
                return true;
            }
        }

        return false;
    }

    private static string Word(StatusCode code) => code.ToString().ToLowerInvariant();
}

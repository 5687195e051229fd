using Connector.ControlPlane;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Connector.Grpc.Errors;

/// <summary>Refusals as gRPC statuses: a total table. The way back is <see cref="StatusToRefusal"/>.</summary>
public static class RefusalToStatus
{
    private const string Domain = "connector";

    /// <summary>Under this key the kind of the refusal travels in ErrorInfo: some kinds share a status.</summary>
    internal const string KindKey = "kind";

    /// <summary>The status code of a class of refusal.</summary>
    public static StatusCode CodeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Malformed => StatusCode.InvalidArgument,
        RefusalKind.Unauthenticated => StatusCode.Unauthenticated,
        RefusalKind.Forbidden or RefusalKind.PolicyDenied => StatusCode.PermissionDenied,
        RefusalKind.NotFound => StatusCode.NotFound,
        RefusalKind.InvalidTransition or RefusalKind.Ended => StatusCode.FailedPrecondition,
        RefusalKind.Exhausted => StatusCode.ResourceExhausted,
        RefusalKind.Unavailable => StatusCode.Unavailable,
        RefusalKind.Internal => StatusCode.Internal,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "every kind has a status"),
    };

    /// <summary>The refusal as google.rpc.Status with ErrorInfo, BadRequest, Help and RetryInfo.</summary>
    /// <param name="requestId">Names the call in our log, for faults of our own; null for none.</param>
    public static RpcStatus ToStatus(this Refusal refusal, string? requestId = null)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = refusal.Code };
        info.Metadata.Add(KindKey, refusal.Kind.ToString());
        var status = new RpcStatus { Code = (int)CodeOf(refusal.Kind), Message = refusal.Message, Details = { Any.Pack(info) } };
        if (refusal.Field is { } field)
        {
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = refusal.Message } } }));
        }

        if (refusal.Mend is { } mend)
        {
            status.Details.Add(Any.Pack(new Help { Links = { new Help.Types.Link { Description = mend } } }));
        }

        if (refusal.RetryAfter is { } pause)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(pause) }));
        }

        if (requestId is not null)
        {
            status.Details.Add(Any.Pack(new RequestInfo { RequestId = requestId }));
        }

        return status;
    }

    /// <summary>The refusal as the exception that ends a call with it.</summary>
    public static RpcException ToRpcException(this Refusal refusal, string? requestId = null) => refusal.ToStatus(requestId).ToRpcException();
}

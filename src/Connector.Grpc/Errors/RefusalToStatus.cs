using Connector.ControlPlane;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Connector.Grpc.Errors;

/// <summary>Refusals as gRPC statuses, and back: a total table.</summary>
public static class RefusalToStatus
{
    private const string Domain = "connector";
    private const string KindKey = "kind";

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

    /// <summary>The refusal as an exception that carries google.rpc.Status with ErrorInfo, BadRequest and Help.</summary>
    public static RpcException ToRpcException(this Refusal refusal)
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

        return status.ToRpcException();
    }

    /// <summary>What a status from another connector means. One without details of ours is judged by its code alone.</summary>
    public static Refusal ToRefusal(this RpcException exception)
    {
        RpcStatus? status;
        try
        {
            status = exception.GetRpcStatus();
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            status = null;
        }

        var info = status?.GetDetail<ErrorInfo>();
        if (info is not null && info.Metadata.TryGetValue(KindKey, out var name) && System.Enum.TryParse<RefusalKind>(name, out var kind) && System.Enum.IsDefined(kind))
        {
            return new Refusal(
                kind == RefusalKind.Internal ? RefusalKind.Unavailable : kind,
                Cut(info.Reason, 100),
                Cut(status!.Message, 1000),
                status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field is { } field ? Cut(field, 200) : null,
                status.GetDetail<Help>()?.Links.FirstOrDefault()?.Description is { } mend ? Cut(mend, 1000) : null);
        }

        return new Refusal(KindOf(exception.StatusCode), $"grpc-{exception.StatusCode.ToString().ToLowerInvariant()}", Cut(exception.Status.Detail, 1000));
    }

    private static RefusalKind KindOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.Unimplemented => RefusalKind.Malformed,
        StatusCode.Unauthenticated => RefusalKind.Unauthenticated,
        StatusCode.PermissionDenied => RefusalKind.Forbidden,
        StatusCode.NotFound => RefusalKind.NotFound,
        StatusCode.FailedPrecondition or StatusCode.AlreadyExists => RefusalKind.InvalidTransition,
        _ => RefusalKind.Unavailable,
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}

using Connector.ControlPlane;
using Connector.Grpc.Errors;
using Grpc.Core;

namespace Connector.Grpc.Tests;

public sealed class RefusalToStatusTests
{
    public static TheoryData<RefusalKind, StatusCode> Table => new()
    {
        { RefusalKind.Malformed, StatusCode.InvalidArgument },
        { RefusalKind.Unauthenticated, StatusCode.Unauthenticated },
        { RefusalKind.Forbidden, StatusCode.PermissionDenied },
        { RefusalKind.NotFound, StatusCode.NotFound },
        { RefusalKind.InvalidTransition, StatusCode.FailedPrecondition },
        { RefusalKind.PolicyDenied, StatusCode.PermissionDenied },
        { RefusalKind.Ended, StatusCode.FailedPrecondition },
        { RefusalKind.Exhausted, StatusCode.ResourceExhausted },
        { RefusalKind.Unavailable, StatusCode.Unavailable },
        { RefusalKind.Internal, StatusCode.Internal },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_kind_of_refusal_has_its_status(RefusalKind kind, StatusCode code) =>
        Assert.Equal(code, new Refusal(kind, "code", "message").ToRpcException().StatusCode);

    [Fact]
    public void The_table_is_total() => Assert.Equal(Enum.GetValues<RefusalKind>().Length, Table.Count);

    [Theory]
    [MemberData(nameof(Table))]
    public void A_refusal_arrives_as_it_was_sent(RefusalKind kind, StatusCode code)
    {
        var sent = new Refusal(kind, "a-code", "what was found", "a.field", "what to do");

        var received = sent.ToRpcException().ToRefusal();

        // Another connector's internal fault is, for us, a reason to try again.
        Assert.Equal(code == StatusCode.Internal ? sent with { Kind = RefusalKind.Unavailable } : sent, received);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unknown)]
    public void A_broken_connection_is_worth_another_try(StatusCode code) =>
        Assert.Equal(RefusalKind.Unavailable, new RpcException(new Status(code, "")).ToRefusal().Kind);
}

using Connector.ControlPlane;
using Connector.Grpc.Errors;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Grpc.Core.Status;

namespace Connector.Grpc.Tests.Errors;

public sealed class StatusTableTests
{
    [Theory]
    [InlineData(RefusalKind.Malformed, StatusCode.InvalidArgument)]
    [InlineData(RefusalKind.Unauthenticated, StatusCode.Unauthenticated)]
    [InlineData(RefusalKind.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(RefusalKind.NotFound, StatusCode.NotFound)]
    [InlineData(RefusalKind.InvalidTransition, StatusCode.FailedPrecondition)]
    [InlineData(RefusalKind.PolicyDenied, StatusCode.PermissionDenied)]
    [InlineData(RefusalKind.Ended, StatusCode.FailedPrecondition)]
    [InlineData(RefusalKind.Exhausted, StatusCode.ResourceExhausted)]
    [InlineData(RefusalKind.Unavailable, StatusCode.Unavailable)]
    [InlineData(RefusalKind.Internal, StatusCode.Internal)]
    public void A_kind_of_refusal_has_its_status(RefusalKind kind, StatusCode code) => Assert.Equal(code, RefusalToStatus.CodeOf(kind));

    [Fact]
    public void Every_kind_of_refusal_has_a_status_and_comes_back_as_itself()
    {
        foreach (var kind in Enum.GetValues<RefusalKind>())
        {
            var refusal = new Refusal(kind, "some-code", "what was found", "offer.policy", "what to do");
            var back = refusal.ToRpcException().ToRefusal();

            // The other side's own fault may pass, so to us it is worth another try.
            Assert.Equal(refusal with { Kind = kind == RefusalKind.Internal ? RefusalKind.Unavailable : kind }, back);
        }
    }

    [Fact]
    public void Details_name_the_reason_the_field_what_to_do_and_the_request()
    {
        var status = new Refusal(RefusalKind.Malformed, "malformed", "purposes: has 33 entries", "purposes", "shorten the list").ToStatus("request-1");

        Assert.Equal(((int)Code.InvalidArgument, "purposes: has 33 entries"), (status.Code, status.Message));
        Assert.Equal(("connector", "malformed"), (status.GetDetail<ErrorInfo>()!.Domain, status.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal("purposes", status.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        Assert.Equal("shorten the list", status.GetDetail<Help>()!.Links.Single().Description);
        Assert.Equal("request-1", status.GetDetail<RequestInfo>()!.RequestId);
    }

    [Fact]
    public void A_pause_that_is_asked_for_comes_back_as_itself()
    {
        var refusal = new Refusal(RefusalKind.Unavailable, "token-replay-full", "too many") { RetryAfter = TimeSpan.FromSeconds(40) };

        Assert.Equal(40, refusal.ToStatus().GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        Assert.Equal(refusal, refusal.ToRpcException().ToRefusal());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(86_401)]
    [InlineData(long.MaxValue)]
    public void A_pause_that_makes_no_sense_is_not_kept(long seconds)
    {
        var status = new Refusal(RefusalKind.Unavailable, "busy", "busy").ToStatus();
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new RetryInfo { RetryDelay = new() { Seconds = seconds } }));

        Assert.Null(status.ToRpcException().ToRefusal().RetryAfter);
    }

    [Theory]
    [InlineData(StatusCode.Cancelled, RefusalKind.Unavailable)]
    [InlineData(StatusCode.Unknown, RefusalKind.Unavailable)]
    [InlineData(StatusCode.InvalidArgument, RefusalKind.Malformed)]
    [InlineData(StatusCode.DeadlineExceeded, RefusalKind.Unavailable)]
    [InlineData(StatusCode.NotFound, RefusalKind.NotFound)]
    [InlineData(StatusCode.AlreadyExists, RefusalKind.InvalidTransition)]
    [InlineData(StatusCode.PermissionDenied, RefusalKind.Forbidden)]
    [InlineData(StatusCode.Unauthenticated, RefusalKind.Unauthenticated)]
    [InlineData(StatusCode.ResourceExhausted, RefusalKind.Exhausted)]
    [InlineData(StatusCode.FailedPrecondition, RefusalKind.InvalidTransition)]
    [InlineData(StatusCode.Aborted, RefusalKind.Unavailable)]
    [InlineData(StatusCode.OutOfRange, RefusalKind.Malformed)]
    [InlineData(StatusCode.Unimplemented, RefusalKind.Malformed)]
    [InlineData(StatusCode.Internal, RefusalKind.Unavailable)]
    [InlineData(StatusCode.Unavailable, RefusalKind.Unavailable)]
    [InlineData(StatusCode.DataLoss, RefusalKind.Unavailable)]
    public void A_status_without_details_is_judged_by_its_code(StatusCode code, RefusalKind kind) =>
        Assert.Equal(kind, new RpcException(new RpcStatus(code, "words")).ToRefusal().Kind);

    [Fact]
    public void A_kind_that_contradicts_its_status_is_not_believed()
    {
        var status = new Refusal(RefusalKind.Unavailable, "try-forever", "again and again").ToStatus();
        status.Code = (int)Code.PermissionDenied;

        Assert.Equal(RefusalKind.Forbidden, status.ToRpcException().ToRefusal().Kind);
    }

    [Theory]
    [InlineData("ErrorInfo")]
    [InlineData("BadRequest")]
    [InlineData("Help")]
    [InlineData("RetryInfo")]
    public void A_status_with_a_detail_that_cannot_be_read_is_judged_by_its_code(string detail)
    {
        var status = new Refusal(RefusalKind.PolicyDenied, "policy", "words", "field", "mend") { RetryAfter = TimeSpan.FromSeconds(1) }.ToStatus();
        status.Details.Single(d => d.TypeUrl.EndsWith("." + detail, StringComparison.Ordinal)).Value = Google.Protobuf.ByteString.CopyFrom(0x0a, 0x05, 0xff);

        var refusal = status.ToRpcException().ToRefusal();

        Assert.Equal((RefusalKind.Forbidden, "grpc-permissiondenied", "words"), (refusal.Kind, refusal.Code, refusal.Message));
    }

    [Fact]
    public void What_a_peer_writes_is_cut_and_cannot_steer_a_terminal()
    {
        var refusal = new Refusal(RefusalKind.Forbidden, "code\u001b[31m", new string('x', 5000) + "\n", null, "one\r\ntwo").ToRpcException().ToRefusal();

        Assert.Equal("code [31m", refusal.Code);
        Assert.Equal(1001, refusal.Message.Length);
        Assert.Equal("one  two", refusal.Mend);
    }

    [Fact]
    public void Details_that_are_no_protobuf_are_ignored()
    {
        var trailers = new Metadata { { "grpc-status-details-bin", new byte[] { 0xff, 0xff, 0xff } } };

        Assert.Equal(RefusalKind.NotFound, new RpcException(new RpcStatus(StatusCode.NotFound, "gone"), trailers).ToRefusal().Kind);
    }
}

using System.Net;
using System.Text;
using Connector.ControlPlane;
using Connector.Dsp.Peers;

namespace Connector.Dsp.Tests.Peers;

public sealed class DspAnswersTests
{
    [Theory]
    [InlineData("""{ "code": "c", "reason": [ "a", { "message": "b" } ] }""", "c", "a; b")]
    [InlineData("""{ "code": "c", "reason": [ "\ud83d" ] }""", "http-400", "the peer answered 400 and gave no reason")]
    [InlineData("""{ "code": "c", "reason": [ { "\ud83d": 1 } ] }""", "http-400", "the peer answered 400 and gave no reason")]
    [InlineData("""{ "code": "c", "reason": [ { "message": "\udc00" } ] }""", "http-400", "the peer answered 400 and gave no reason")]
    [InlineData("""{ "code": "\ud83d" }""", "http-400", "the peer answered 400 and gave no reason")]
    [InlineData("""{ "code": 1 }""", "http-400", "the peer answered 400 and gave no reason")]
    [InlineData("""{ "code": null, "reason": [ null ] }""", "http-400", "null")]
    [InlineData("[]", "http-400", "the peer answered 400 and gave no reason")]
    [InlineData("", "http-400", "the peer answered 400 and gave no reason")]
    public void An_error_is_told_as_far_as_it_can_be_read(string body, string code, string reason) =>
        Assert.Equal(new Refusal(RefusalKind.InvalidTransition, code, reason), DspAnswers.Refused(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes(body)));
}

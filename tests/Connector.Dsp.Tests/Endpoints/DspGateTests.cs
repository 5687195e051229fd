using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Data;
using Connector.Dsp.Endpoints;
using Connector.Dsp.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Dsp.Tests.Endpoints;

public sealed class DspGateTests
{
    private const int Port = 7443;

    private static readonly DspRoomOptions s_options = new()
    {
        MaxMessageBytes = 1024,
        Ports = new HashSet<int> { Port },
        HandlerFor = _ => _ => throw new InvalidOperationException("nobody is called"),
        Data = new HttpDataOptions { SpoolFolder = "", SnapshotFolder = "" },
    };

    [Theory]
    [InlineData("token-replay-full", 40, 429, "40")]
    [InlineData("token-before-start", null, 503, "1")]
    public async Task A_caller_that_is_to_come_again_is_told_when(string code, int? pause, int status, string retryAfter)
    {
        var refusal = new Refusal(RefusalKind.Unavailable, code, "not now") { RetryAfter = pause is { } seconds ? TimeSpan.FromSeconds(seconds) : null };

        var answer = await CallAsync(refusal);

        Assert.Equal((status, retryAfter), (answer.StatusCode, answer.Headers.RetryAfter.ToString()));
        Assert.Equal(code, (await JsonDocument.ParseAsync(answer.Body, default, TestContext.Current.CancellationToken)).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_caller_that_need_not_come_again_is_told_no_time()
    {
        var answer = await CallAsync(new Refusal(RefusalKind.Unauthenticated, "token-expired", "too late"));

        Assert.Equal((401, 0), (answer.StatusCode, answer.Headers.RetryAfter.Count));
    }

    private static async Task<HttpResponse> CallAsync(Refusal refusal)
    {
        var gate = new DspGate(new Refusing(refusal), s_options, new Participant("did:web:provider.example", "Provider", null, null), NullLogger<DspGate>.Instance);
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        http.Connection.LocalPort = Port;
        await gate.Behind(DspVersion.V2025, ErrorShape.Catalog, static _ => throw new InvalidOperationException("a refused call went on"))(http);
        http.Response.Body.Position = 0;
        return http.Response;
    }

    private sealed class Refusing(Refusal refusal) : IPeerAuthenticator
    {
        public ValueTask<Result<Peer>> AuthenticateAsync(string? token, string? clientCertificateThumbprint, CancellationToken cancel) => new(refusal);
    }
}

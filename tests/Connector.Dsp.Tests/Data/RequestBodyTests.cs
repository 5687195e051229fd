using System.Net.Sockets;
using System.Text;
using Connector.Dsp.Data;
using Connector.Dsp.Tests.Outbound;
using Microsoft.AspNetCore.Http.Features;

namespace Connector.Dsp.Tests.Data;

public sealed class RequestBodyTests
{
    [Fact]
    public async Task A_request_that_broke_off_is_let_go_only_when_nothing_can_call_its_reading_off_any_more()
    {
        var ended = new TaskCompletionSource<Exception?>();
        await using var site = await Site.OpenAsync(async context =>
        {
            using var letGo = new LetGo(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
            context.Features.Set<IHttpRequestLifetimeFeature>(letGo);
            ended.SetResult(await Record.ExceptionAsync(async () => await new RequestBody(context.Request).ReadAsync(new byte[10], letGo.RequestAborted)));
        });
        using var client = new TcpClient();
        await client.ConnectAsync(site.Address.Host, site.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"), TestContext.Current.CancellationToken);

        client.Client.Shutdown(SocketShutdown.Send);

        Assert.IsType<IOException>(await ended.Task.WaitAsync(TestContext.Current.CancellationToken), exactMatch: false);
    }

    /// <summary>Whoever waits for the end of a request is told of it before the letting go returns.</summary>
    private sealed class LetGo(IHttpRequestLifetimeFeature server) : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted { get => _aborted.Token; set => throw new NotSupportedException(); }

        public void Abort()
        {
            server.Abort();
            _aborted.Cancel();
        }

        public void Dispose() => _aborted.Dispose();
    }
}

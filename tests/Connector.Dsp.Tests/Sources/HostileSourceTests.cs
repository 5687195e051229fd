using System.Net;
using System.Net.Sockets;
using System.Text;
using Connector.Dsp.Tests.Data;
using Connector.Dsp.Tests.Outbound;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Sources;

/// <summary>A source that lies, dawdles or leads astray harms neither this connector nor the consumer, who is told why and never where the source is.</summary>
public sealed class HostileSourceTests
{
    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        await using var inner = await Site.OpenAsync(context => context.Response.WriteAsync("inner"));
        await using var supplier = await Supplier.OpenAsync(context =>
        {
            context.Response.Redirect(inner.Address.ToString());
            return Task.CompletedTask;
        });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "source-redirects"), await supplier.RefusedAsync());
        Assert.Equal(0, inner.Calls);
    }

    [Fact]
    public async Task An_address_in_no_allowed_network_is_not_called()
    {
        await using var site = await Site.OpenAsync(context => context.Response.WriteAsync("inner"));
        await using var house = await House.OpenAsync();

        // A literal address is refused when the document is applied; a name only when it is called, as it may come to mean another address at any time.
        var (_, faults) = await house.ApplySourceAsync("  http: { url: 'http://[::1]:9/' }");
        var (source, none) = await house.ApplySourceAsync($"  http: {{ url: 'http://ip6-localhost.invalid:{site.Address.Port}/' }}");
        var (_, address) = await house.StartAsync(source!);
        using var answer = await house.SendAsync(address.Endpoint!, address.Token);

        Assert.Contains("allowedNetworks: [ ::1/128 ]", faults, StringComparison.Ordinal);
        Assert.Equal("", none);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 0), (answer.StatusCode, site.Calls));
        Assert.Contains("source-unreachable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, HttpStatusCode.ServiceUnavailable, "source-denied")]
    [InlineData(403, HttpStatusCode.ServiceUnavailable, "source-denied")]
    [InlineData(404, HttpStatusCode.NotFound, "source-not-found")]
    [InlineData(400, HttpStatusCode.BadRequest, "malformed")]
    [InlineData(500, HttpStatusCode.ServiceUnavailable, "source-failed")]
    [InlineData(503, HttpStatusCode.ServiceUnavailable, "source-busy")]
    [InlineData(206, HttpStatusCode.ServiceUnavailable, "source-broke-off")]
    public async Task A_source_that_gives_no_data_is_not_quoted(int status, HttpStatusCode expected, string code)
    {
        await using var supplier = await Supplier.OpenAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync($"stack trace of {context.Request.Host} with s3cret");
        });

        Assert.Equal((expected, code), await supplier.RefusedAsync());
    }

    [Fact]
    public async Task A_busy_source_s_pause_is_passed_on()
    {
        await using var supplier = await Supplier.OpenAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });

        using var answer = await supplier.GetAsync();

        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task An_endless_body_is_cut_at_the_bound()
    {
        await using var supplier = await Supplier.OpenAsync(
            async context =>
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                }
            },
            "    maxBytes: 1000000");
        var came = new MemoryStream();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var answer = await supplier.GetAsync();
            await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(came);
        });

        Assert.InRange(came.Length, 0, 1_000_000);
    }

    [Fact]
    public async Task A_body_announced_beyond_the_bound_is_not_begun()
    {
        await using var supplier = await Supplier.OpenAsync(
            async context =>
            {
                context.Response.ContentLength = 2_000_000;
                await context.Response.Body.WriteAsync(new byte[1000], context.RequestAborted);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            },
            "    maxBytes: 1000000");

        Assert.Equal("source-too-large", (await supplier.RefusedAsync()).Code);
    }

    [Fact]
    public async Task A_slow_drip_is_given_up_although_it_never_falls_silent()
    {
        using var next = new SemaphoreSlim(0);
        await using var supplier = await Supplier.OpenAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync("x"u8.ToArray(), context.RequestAborted);
                await next.WaitAsync(context.RequestAborted);
            }
        });
        using var answer = await supplier.GetAsync();
        await using var body = await answer.Content.ReadAsStreamAsync();

        var bytes = 0;
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await body.ReadAsync(new byte[1]) > 0)
            {
                bytes++;
                supplier.House.Time.Advance(TimeSpan.FromSeconds(30));
                next.Release();
            }
        });

        Assert.InRange(bytes, 1, 100_000);
    }

    [Fact]
    public async Task Silence_is_given_up()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var supplier = await Supplier.OpenAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10], context.RequestAborted);
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var answer = await supplier.GetAsync();
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[10]);
        await asked.Task;

        var rest = body.CopyToAsync(Stream.Null);
        while (!rest.IsCompleted)
        {
            supplier.House.Time.Advance(TimeSpan.FromMinutes(3));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<Exception>(() => rest);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nshort")]
    public async Task A_body_that_is_not_whole_never_looks_whole(string raw)
    {
        using var server = RawServer.Saying(raw);
        await using var house = await House.OpenAsync();
        var (source, _) = await house.ApplySourceAsync($"  http: {{ url: 'http://127.0.0.1:{server.Port}/' }}");
        var (pid, address) = await house.StartAsync(source!);

        // Before the first byte it can still be told in words; after that the connection breaks.
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var answer = await house.SendAsync(address.Endpoint!, address.Token);
            await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        });
        Assert.NotNull((await house.PullAsync(house.Pulled(pid, address), house.File("got"))).Refusal);
        Assert.False(File.Exists(house.File("got")));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nshort and then some more", "short")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/\u0001plain\r\nETag: \"a\r\n b\"\r\nContent-Length: 1\r\n\r\nx", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Disposition: a\u007Fb\r\nSet-Cookie: a=b\r\nContent-Length: 1\r\n\r\nx", "x")]
    public async Task Odd_header_fields_and_surplus_bytes_do_not_get_through(string raw, string expected)
    {
        using var server = RawServer.Saying(raw);
        await using var house = await House.OpenAsync();
        var (source, _) = await house.ApplySourceAsync($"  http: {{ url: 'http://127.0.0.1:{server.Port}/' }}");
        var (_, address) = await house.StartAsync(source!);

        using var answer = await house.SendAsync(address.Endpoint!, address.Token);

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Null(answer.Content.Headers.ContentDisposition);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("220 mail.example ESMTP\r\n")]
    [InlineData("")]
    public async Task What_is_no_answer_is_told_apart_from_data(string raw)
    {
        using var server = RawServer.Saying(raw);
        await using var house = await House.OpenAsync();
        var (source, _) = await house.ApplySourceAsync($"  http: {{ url: 'http://127.0.0.1:{server.Port}/' }}");
        var (_, address) = await house.StartAsync(source!);

        using var answer = await house.SendAsync(address.Endpoint!, address.Token);

        Assert.Contains("source-", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Headers_without_end_are_not_read_to_their_end()
    {
        using var server = RawServer.Saying($"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Range(0, 5000).Select(i => $"X-{i}: {new string('a', 100)}\r\n"))}\r\n");
        await using var house = await House.OpenAsync();
        var (source, _) = await house.ApplySourceAsync($"  http: {{ url: 'http://127.0.0.1:{server.Port}/' }}");
        var (_, address) = await house.StartAsync(source!);

        using var answer = await house.SendAsync(address.Endpoint!, address.Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    /// <summary>Answers every connection with the same bytes, whatever it is asked, and closes it.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        private RawServer(string raw)
        {
            _listener.Start();
            _ = ServeAsync(Encoding.Latin1.GetBytes(raw));
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public static RawServer Saying(string raw) => new(raw);

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(byte[] raw)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[8192], 1, throwOnEndOfStream: false);
                    await stream.WriteAsync(raw);
                    client.Client.Shutdown(SocketShutdown.Send);
                    await stream.CopyToAsync(Stream.Null);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // Closed.
            }
        }
    }
}

using System.Net;
using Connector.ControlPlane;
using Connector.Dsp.Outbound;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Outbound;

public sealed class OutboundGuardTests
{
    private static readonly OutboundOptions s_loopback = new()
    {
        AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")],
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task A_listener_on_loopback_is_not_reached_by_any_of_its_names(string host)
    {
        await using var site = await Site.OpenAsync(context => context.Response.WriteAsync("inside"));
        var address = new Uri($"http://{host}:{site.Address.Port}/");

        var refusal = await RefusedAsync(new OutboundOptions(), address);

        Assert.Equal((RefusalKind.Forbidden, "address-not-allowed"), (refusal.Kind, refusal.Code));
        Assert.Contains("allowedNetworks", refusal.Mend, StringComparison.Ordinal);
        Assert.Equal(0, site.Calls);
    }

    [Fact]
    public async Task An_allowed_network_is_reached()
    {
        await using var site = await Site.OpenAsync(context => context.Response.WriteAsync("inside"));
        using var client = Client(s_loopback);

        Assert.Equal("inside", await client.GetStringAsync(site.Address));
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        await using var inside = await Site.OpenAsync(context => context.Response.WriteAsync("inside"));
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.Redirect(inside.Address.ToString());
            return Task.CompletedTask;
        });

        Assert.Equal("redirect-not-followed", (await RefusedAsync(s_loopback, site.Address)).Code);
        Assert.Equal((1, 0), (site.Calls, inside.Calls));
    }

    [Fact]
    public async Task Redirects_within_a_host_are_followed_a_few_times()
    {
        await using var site = await Site.OpenAsync(context =>
        {
            var left = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            if (left > 0)
            {
                context.Response.Redirect($"/{left - 1}");
            }

            return Task.CompletedTask;
        });
        using var client = Client(s_loopback);

        using var answer = await client.GetAsync(new Uri(site.Address, "/3"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("redirect-not-followed", (await RefusedAsync(s_loopback, new Uri(site.Address, "/4"))).Code);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//:80")]
    [InlineData("//[::1")]
    [InlineData("//a:99999/")]
    public async Task A_redirect_to_no_address_at_all_is_not_followed(string location)
    {
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.Redirect(location);
            return Task.CompletedTask;
        });

        Assert.Equal("redirect-not-followed", (await RefusedAsync(s_loopback, site.Address)).Code);
        Assert.Equal(1, site.Calls);
    }

    [Fact]
    public async Task A_read_is_tried_again_and_a_call_with_a_body_is_not()
    {
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var client = Client(s_loopback);

        using var read = await client.GetAsync(site.Address);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 3), (read.StatusCode, site.Calls));
        using var written = await client.PostAsync(site.Address, new StringContent("once"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 4), (written.StatusCode, site.Calls));
    }

    [Fact]
    public async Task A_peer_that_asks_for_a_long_pause_gets_its_answer_handed_back()
    {
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "86400";
            return Task.CompletedTask;
        });
        using var client = Client(s_loopback);

        using var answer = await client.GetAsync(site.Address);

        Assert.Equal((HttpStatusCode.TooManyRequests, 1), (answer.StatusCode, site.Calls));
    }

    [Fact]
    public async Task A_buffered_answer_is_bounded()
    {
        await using var site = await Site.OpenAsync(context => context.Response.Body.WriteAsync(new byte[100_000]).AsTask());
        using var client = Client(s_loopback with { MaxBufferedBytes = 1000, Retries = 0 });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetByteArrayAsync(site.Address));
    }

    [Fact]
    public async Task What_cannot_be_reached_is_unavailable()
    {
        var site = await Site.OpenAsync(_ => Task.CompletedTask);
        var address = site.Address;
        await site.DisposeAsync();

        Assert.Equal((RefusalKind.Unavailable, "unreachable"), ((await RefusedAsync(s_loopback, address)).Kind, (await RefusedAsync(s_loopback, address)).Code));
    }

    private static HttpClient Client(OutboundOptions options) => new OutboundGuard(options, TimeProvider.System).ClientFor();

    private static async Task<Refusal> RefusedAsync(OutboundOptions options, Uri address)
    {
        using var client = Client(options);
        return OutboundRefusals.Of(await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(address)), address);
    }
}

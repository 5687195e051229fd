using System.Net;
using System.Net.Http.Headers;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Tests.Data;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Sources;

/// <summary>A dataset whose source is an HTTP address, as a consumer sees it at the data endpoint.</summary>
public sealed class ProxyTests
{
    private const string Forwarding = """
            paths: [ items/*, reports/** ]
            query: [ year, product ]
            headers: { Accept: application/json }
            credentials: { bearer: { file: ./key }, headers: { X-Tenant: { file: ./key } } }
        """;

    [Fact]
    public async Task The_source_s_answer_is_passed_on_and_its_credentials_are_shown_to_it_alone()
    {
        var content = House.Bytes(3_000_000);
        var (authorization, tenant, accept, seen) = ("", "", "", "");
        await using var supplier = await Supplier.OpenAsync(
            context =>
            {
                (authorization, tenant, accept) = (context.Request.Headers.Authorization.ToString(), context.Request.Headers["X-Tenant"].ToString(), context.Request.Headers.Accept.ToString());
                seen = string.Join(' ', context.Request.Headers.Keys);
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = content.Length;
                return context.Response.Body.WriteAsync(content).AsTask();
            },
            Forwarding);

        using var answer = await supplier.GetAsync(change: r =>
        {
            r.Headers.Add("X-Tenant", "mine");
            r.Headers.Add("Cookie", "a=b");
            r.Headers.Add("X-Forwarded-For", "10.0.0.1");
        });

        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.OK, "application/json", (long?)content.Length), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentLength));
        Assert.Equal(("Bearer s3cret", "s3cret", "application/json"), (authorization, tenant, accept));
        Assert.DoesNotContain("Cookie", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Forwarded", seen, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/items/7", "/api/items/7", "")]
    [InlineData("/items/a%20%C3%BC", "/api/items/a ü", "")]
    [InlineData("/reports/2026/11/day%3F", "/api/reports/2026/11/day?", "")]
    [InlineData("?year=2026&product=a%26b%3Dc", "/api", "?year=2026&product=a%26b%3Dc")]
    [InlineData("/items/7?year=1&year=2", "/api/items/7", "?year=1&year=2")]
    public async Task A_listed_path_and_query_go_on_to_the_source(string below, string path, string query)
    {
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync(context.Request.Path.Value + context.Request.QueryString.Value), Forwarding);

        using var answer = await supplier.GetAsync(below);

        Assert.Equal(path + query, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/items")]
    [InlineData("/items/7/8")]
    [InlineData("/reports")]
    [InlineData("/admin")]
    [InlineData("/items/..%2fadmin")]
    [InlineData("/items/%2e%2e%5cadmin")]
    [InlineData("/items/..;%2fadmin")]
    [InlineData("/reports/a//b")]
    [InlineData("/reports/a%00b")]
    [InlineData("/reports/a%0d%0aX: y")]
    [InlineData("/reports/%252e%252e/x")]
    [InlineData("?secret=1")]
    [InlineData("?manifest")]
    [InlineData("?year=1&debug=true")]
    public async Task What_is_not_listed_never_reaches_the_source(string below)
    {
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync("reached"), Forwarding);

        using var answer = await supplier.GetAsync(below);

        Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
        Assert.Equal(0, supplier.Calls);
    }

    [Fact]
    public async Task A_path_with_dots_is_cut_short_before_it_is_looked_at()
    {
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync("reached"), Forwarding);

        // Every HTTP server resolves these itself, to a path that is then none of this transfer's.
        using var answer = await supplier.GetAsync("/reports/%2e%2e/%2e%2e/x");

        Assert.Equal((HttpStatusCode.NotFound, 0), (answer.StatusCode, supplier.Calls));
    }

    [Fact]
    public async Task Several_ranges_at_once_are_answered_with_the_whole()
    {
        var content = House.Bytes(1000);
        await using var supplier = await Supplier.OpenAsync(context => Results.Bytes(content, "text/csv", enableRangeProcessing: true).ExecuteAsync(context));

        using var several = await supplier.GetAsync(change: r => r.Headers.TryAddWithoutValidation("Range", "bytes=0-9,20-29"));

        Assert.Equal(HttpStatusCode.OK, several.StatusCode);
        Assert.Equal(content, await several.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Ranges_and_conditions_are_the_source_s_to_answer()
    {
        var content = House.Bytes(1000);
        await using var supplier = await Supplier.OpenAsync(context => Results.Bytes(content, "text/csv", entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue("\"v1\""), enableRangeProcessing: true).ExecuteAsync(context));

        using var part = await supplier.GetAsync(change: r => r.Headers.Range = new RangeHeaderValue(10, 19));
        using var same = await supplier.GetAsync(change: r => r.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"v1\"")));
        using var other = await supplier.GetAsync(change: r => r.Headers.IfMatch.Add(new EntityTagHeaderValue("\"v2\"")));
        using var beyond = await supplier.GetAsync(change: r => r.Headers.Range = new RangeHeaderValue(5000, null));
        using var head = await supplier.GetAsync(change: r => r.Method = HttpMethod.Head);

        Assert.Equal(content.AsSpan(10, 10).ToArray(), await part.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.PartialContent, "bytes 10-19/1000", "\"v1\""), (part.StatusCode, part.Content.Headers.ContentRange!.ToString(), part.Headers.ETag!.Tag));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.PreconditionFailed, HttpStatusCode.RequestedRangeNotSatisfiable), (same.StatusCode, other.StatusCode, beyond.StatusCode));
        Assert.Equal((HttpStatusCode.OK, (long?)1000), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Fields_that_speak_of_the_source_itself_stay_here()
    {
        await using var supplier = await Supplier.OpenAsync(context =>
        {
            foreach (var name in (string[])["Set-Cookie", "Server", "X-Powered-By", "Location", "Content-Location", "Link", "Via", "X-Backend", "Access-Control-Allow-Origin", "Keep-Alive", "Proxy-Authenticate", "Alt-Svc", "Strict-Transport-Security"])
            {
                context.Response.Headers[name] = "internal";
            }

            context.Response.Headers.CacheControl = "public, max-age=99999";
            context.Response.Headers.ContentDisposition = "attachment; filename=\"a.csv\"";
            return context.Response.WriteAsync("x");
        });

        using var answer = await supplier.GetAsync();

        Assert.DoesNotContain("internal", $"{answer.Headers}{answer.Content.Headers}", StringComparison.Ordinal);
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal("a.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Nothing_but_reading_goes_on_to_the_source(string method)
    {
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync("reached"));

        using var answer = await supplier.GetAsync(change: r => r.Method = new HttpMethod(method));

        Assert.Equal((HttpStatusCode.MethodNotAllowed, 0), (answer.StatusCode, supplier.Calls));
    }

    [Fact]
    public async Task Without_the_token_of_the_transfer_nothing_goes_on_to_the_source()
    {
        await using var supplier = await Supplier.OpenAsync(context => context.Response.WriteAsync("reached"));
        var (_, other) = await supplier.House.StartFileAsync([1]);

        using var none = await supplier.House.SendAsync(supplier.Address.Endpoint!, null);
        using var wrong = await supplier.House.SendAsync(supplier.Address.Endpoint!, other.Token);
        await supplier.House.Get<TransferService>().StepAsync(supplier.Pid, TransferMessageKind.Suspension, null, [], default);
        using var suspended = await supplier.GetAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Gone), (none.StatusCode, wrong.StatusCode, suspended.StatusCode));
        Assert.Equal(0, supplier.Calls);
    }

    [Fact]
    public async Task Revocation_cuts_a_stream_from_a_source_in_its_midst()
    {
        await using var supplier = await Supplier.OpenAsync(Endless);
        using var answer = await supplier.GetAsync();
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1_000_000]);

        var agreement = (await ((ITransferStore)supplier.House.Store).FindAsync(supplier.Pid, default))!.AgreementId;
        Assert.Null((await supplier.House.Get<AgreementService>().EndAsync(agreement, "revoked", "no longer a customer", default)).Refusal);

        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(Stream.Null));
        Assert.Equal((HttpStatusCode.Gone, "transfer-ended"), await supplier.RefusedAsync());
    }

    [Fact]
    public async Task A_policy_that_ends_while_the_source_streams_ends_the_stream()
    {
        const string UntilSoon = """{"permission":[{"action":"use","constraint":[{"leftOperand":"dateTime","operator":"lt","rightOperand":"2026-11-24T09:01:00Z"}]}]}""";
        await using var supplier = await Supplier.OpenAsync(Endless, policy: UntilSoon);
        using var answer = await supplier.GetAsync();
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1_000_000]);

        supplier.House.Time.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task A_consumer_of_our_make_fetches_it_as_from_any_endpoint()
    {
        var content = House.Bytes(2_000_000);
        await using var supplier = await Supplier.OpenAsync(context => Results.Bytes(content, "text/csv", "a.csv").ExecuteAsync(context));

        var received = await supplier.House.PullAsync(supplier.House.Pulled(supplier.Pid, supplier.Address), supplier.House.File("got"));

        Assert.Null(received.Refusal);
        Assert.Equal(content, await File.ReadAllBytesAsync(supplier.House.File("got")));
        Assert.DoesNotContain("urn:connector:endpoint:manifest", supplier.Address.Properties.Keys);
    }

    private static async Task Endless(HttpContext context)
    {
        var block = House.Bytes(64 * 1024);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
    }
}

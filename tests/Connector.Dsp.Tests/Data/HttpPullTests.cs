using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connector.Dsp.Tests.Data;

public sealed class HttpPullTests : IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_048_576)]
    [InlineData(5_000_001)]
    public async Task A_file_arrives_whole_from_a_connector_of_our_make(int size)
    {
        var content = House.Bytes(size);
        var (pid, address) = await _house.StartFileAsync(content);

        var received = await _house.PullAsync(_house.Pulled(pid, address), _house.File("got"));

        Assert.Null(received.Refusal);
        Assert.Equal(content, await File.ReadAllBytesAsync(_house.File("got")));
    }

    [Fact]
    public async Task A_folder_arrives_whole()
    {
        Directory.CreateDirectory(_house.File("tree/a b"));
        await File.WriteAllBytesAsync(_house.File("tree/a b/ü#?.bin"), House.Bytes(2_000_000));
        await File.WriteAllBytesAsync(_house.File("tree/empty"), []);
        await File.WriteAllBytesAsync(_house.File("tree/z"), [1]);
        var (pid, address) = await _house.StartAsync(new DataSource("folder", _house.File("tree")));

        Assert.Null((await _house.PullAsync(_house.Pulled(pid, address), _house.File("got"))).Refusal);

        Assert.Equal(House.Bytes(2_000_000), await File.ReadAllBytesAsync(_house.File("got/a b/ü#?.bin")));
        Assert.Equal([1], await File.ReadAllBytesAsync(_house.File("got/z")));
        Assert.Empty(await File.ReadAllBytesAsync(_house.File("got/empty")));
    }

    [Fact]
    public async Task An_expired_token_is_refreshed_on_the_way()
    {
        var (pid, address) = await _house.StartFileAsync([1, 2, 3]);
        _house.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Null((await _house.PullAsync(_house.Pulled(pid, address), _house.File("got"))).Refusal);
    }

    [Fact]
    public async Task The_provider_s_own_reason_comes_through()
    {
        var (pid, address) = await _house.StartFileAsync([1]);
        await _house.Get<TransferService>().StepAsync(pid, TransferMessageKind.Suspension, "c", ["r"], default);

        var refusal = (await _house.PullAsync(_house.Pulled(pid, address), _house.File("got"))).Refusal!;

        Assert.Equal((RefusalKind.Ended, "transfer-suspended"), (refusal.Kind, refusal.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_foreign_endpoint_s_answer_arrives_whole_with_a_length_or_without(bool withLength)
    {
        var content = House.Bytes(3_000_000);
        await using var site = await Site.OpenAsync(context =>
        {
            Assert.Equal("Bearer t", context.Request.Headers.Authorization);
            context.Response.ContentLength = withLength ? content.Length : null;
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(content).AsTask();
        });

        var received = await _house.PullAsync(_house.Pulled("urn:p", Foreign(site)), _house.File("got"));

        Assert.Null(received.Refusal);
        Assert.Equal("application/json", received.Value.Manifest.ContentType);
        Assert.Equal(content, await File.ReadAllBytesAsync(_house.File("got")));
        Assert.Empty(Directory.GetFileSystemEntries(_house.File("spool")));
    }

    [Fact]
    public async Task A_break_is_gone_on_from_where_it_was_and_checked_against_the_digest()
    {
        var content = House.Bytes(3_000_000);
        var asked = new List<string>();
        await using var site = await Site.OpenAsync(async context =>
        {
            lock (asked)
            {
                asked.Add(context.Request.Headers.Range.ToString());
            }

            var from = context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:";
            context.Response.ContentLength = content.Length - from;
            if (from > 0)
            {
                context.Response.StatusCode = StatusCodes.Status206PartialContent;
                context.Response.Headers.ContentRange = new ContentRangeHeaderValue(from, content.Length - 1, content.Length).ToString();
            }

            await context.Response.Body.WriteAsync(content.AsMemory((int)from, from == 0 ? 1_000_000 : content.Length - (int)from));
            await context.Response.Body.FlushAsync();
            if (from == 0)
            {
                context.Abort();
            }
        });
        var transfer = _house.Pulled("urn:p", Foreign(site));

        // How much of the first part is there when the break shows is the network's affair: a reset may overtake it whole.
        Assert.Equal(RefusalKind.Unavailable, (await _house.PullAsync(transfer, _house.File("got"))).Refusal?.Kind);
        var kept = Directory.GetFiles(_house.File("spool"), "content", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        var again = await _house.PullAsync(transfer, _house.File("got"));

        if (kept > 0)
        {
            Assert.Null(again.Refusal);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"bytes={kept}-"), asked[1]);
            Assert.Equal(content, await File.ReadAllBytesAsync(_house.File("got")));
        }
        else
        {
            Assert.Equal("", asked[1]);
        }
    }

    [Fact]
    public async Task Bytes_that_do_not_fit_their_digest_are_refused()
    {
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(new byte[32])}:";
            return context.Response.WriteAsync("other bytes");
        });

        Assert.Equal("digest-mismatch", (await _house.PullAsync(_house.Pulled("urn:p", Foreign(site)), _house.File("got"))).Refusal?.Code);
        Assert.False(File.Exists(_house.File("got")));
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_not_called()
    {
        var address = new DataAddress(Formats.HttpEndpointType, "http://[::1]:9/x", ImmutableDictionary<string, string>.Empty);

        Assert.Equal("address-not-allowed", (await _house.PullAsync(_house.Pulled("urn:p", address), _house.File("got"))).Refusal?.Code);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData(null)]
    public async Task An_address_that_is_no_HTTP_is_refused_by_its_name(string? endpoint)
    {
        var address = new DataAddress(Formats.HttpEndpointType, endpoint, ImmutableDictionary<string, string>.Empty);

        Assert.Equal("dataAddress.endpoint", (await _house.PullAsync(_house.Pulled("urn:p", address), _house.File("got"))).Refusal?.Field);
    }

    private static DataAddress Foreign(Site site) => new(
        Formats.HttpEndpointType,
        new Uri(site.Address, "/public").ToString(),
        ImmutableDictionary<string, string>.Empty.Add("https://w3id.org/edc/v0.0.1/ns/authorization", "t").Add("https://w3id.org/edc/v0.0.1/ns/authType", "bearer"));
}

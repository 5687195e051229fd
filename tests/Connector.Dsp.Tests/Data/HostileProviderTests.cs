using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Tests.Outbound;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Data;

public sealed class HostileProviderTests : IAsyncLifetime
{
    private static readonly byte[] s_content = House.Bytes(2000);

    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"contentType\":\"a/b\",\"files\":null}")]
    [InlineData("{\"contentType\":\"a/b\",\"files\":[null]}")]
    [InlineData("{\"contentType\":null,\"files\":[]}")]
    [InlineData("{\"contentType\":\"a/b\",\"files\":[{\"path\":\"x\"}]}")]
    [InlineData("{\"contentType\":\"a/b\",\"files\":[{\"path\":null,\"size\":1,\"sha256\":\"\",\"chunkSize\":1,\"chunkHashes\":\"\",\"treeRoot\":\"\"}]}")]
    [InlineData("{\"contentType\":\"a/b\",\"files\":[{\"path\":\"x\",\"size\":1e99,\"sha256\":\"\",\"chunkSize\":1,\"chunkHashes\":\"\",\"treeRoot\":\"\"}]}")]
    [InlineData("{\"contentType\":\"a/b\",\"files\":[{\"path\":\"x\",\"size\":1,\"sha256\":\"%%\",\"chunkSize\":1,\"chunkHashes\":\"\",\"treeRoot\":\"\"}]}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_manifest_that_cannot_be_read_is_refused_by_its_name(string manifest)
    {
        await using var site = await Site.OpenAsync(context => context.Response.WriteAsync(manifest));

        var refusal = await PullAsync(site);

        Assert.Equal((RefusalKind.Malformed, "manifest"), (refusal.Kind, refusal.Field));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/outside")]
    [InlineData("a\\b")]
    [InlineData("a/../../b")]
    public async Task A_manifest_whose_paths_lead_out_is_refused(string path)
    {
        await using var site = await Site.OpenAsync(context => context.Response.WriteAsync(Manifest(path)));

        Assert.Equal("manifest-invalid", (await PullAsync(site)).Code);
    }

    [Theory]
    [InlineData("short", "connection-lost", RefusalKind.Unavailable)]
    [InlineData("other", "chunk-mismatch", RefusalKind.Forbidden)]
    [InlineData("partial", "source-changed", RefusalKind.Unavailable)]
    [InlineData("changed", "source-changed", RefusalKind.Unavailable)]
    [InlineData("gone", "http-410", RefusalKind.Ended)]
    [InlineData("shouting", "http-400", RefusalKind.Malformed)]
    public async Task A_file_that_is_not_the_manifest_s_never_gets_the_target_s_name(string way, string code, RefusalKind kind)
    {
        await using var site = await Site.OpenAsync(async context =>
        {
            if (context.Request.Query.ContainsKey("manifest"))
            {
                await context.Response.WriteAsync(Manifest("x"));
                return;
            }

            context.Response.StatusCode = way switch { "partial" => 206, "changed" => 412, "gone" => 410, "shouting" => 400, _ => 200 };
            await context.Response.Body.WriteAsync(way switch
            {
                "short" => s_content.AsMemory(0, 1000),
                "other" => House.Bytes(2000, seed: 2),
                "shouting" => Encoding.UTF8.GetBytes(new string('!', 1_000_000)),
                _ => s_content,
            });
        });

        var refusal = await PullAsync(site);

        Assert.Equal((kind, code), (refusal.Kind, refusal.Code));
        Assert.False(File.Exists(_house.File("got")));
    }

    [Fact]
    public async Task What_a_provider_says_is_shortened_and_holds_no_control_characters()
    {
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync($$"""{"code":"no\r\n[31m","reason":"{{new string('x', 5000)}}","mend":null}""");
        });

        var refusal = await PullAsync(site);

        Assert.Equal("no  [31m", refusal.Code);
        Assert.InRange(refusal.Message.Length, 1, 400);
    }

    [Fact]
    public async Task A_refresh_that_never_ends_is_given_up()
    {
        await using var site = await Site.OpenAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return context.Response.WriteAsync("{}");
        });
        var address = Address(site);
        address = address with
        {
            Properties = address.Properties.Add(HttpAddress.RefreshToken, "r").Add(HttpAddress.RefreshEndpoint, site.Address.ToString()),
        };

        var refusal = (await _house.PullAsync(_house.Pulled("urn:p", address), _house.File("got"))).Refusal!;

        Assert.Equal(RefusalKind.Unauthenticated, refusal.Kind);
        Assert.InRange(site.Calls, 3, 4);
    }

    private async Task<Refusal> PullAsync(Site site) => (await _house.PullAsync(_house.Pulled("urn:p", Address(site)), _house.File("got"))).Refusal!;

    private static DataAddress Address(Site site) => new(
        Formats.HttpEndpointType, site.Address.ToString(), ImmutableDictionary<string, string>.Empty.Add("authorization", "t").Add(HttpAddress.Manifest, "true"));

    private static string Manifest(string path)
    {
        var hash = SHA256.HashData(s_content);
        var root = SHA256.HashData([0, .. hash]);
        var (sha256, leaf) = (Convert.ToBase64String(hash), Convert.ToBase64String(root));
        return $$"""{"contentType":"a/b","files":[{"path":"{{path.Replace("\\", "\\\\", StringComparison.Ordinal)}}","size":2000,"sha256":"{{sha256}}","chunkSize":1048576,"chunkHashes":"{{sha256}}","treeRoot":"{{leaf}}"}]}""";
    }
}

using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>What is hostile about a call beside its document: addresses, cursors, filters, encodings, and how the bytes arrive.</summary>
public sealed class HostileCallTests(Suite suite) : IClassFixture<Suite>
{
    private const string CatalogRequest = """{"@context":["https://w3id.org/dspace/2025/1/context.jsonld"],"@type":"CatalogRequestMessage"}""";
    private static readonly string s_long = new('a', 3_000);

    public static TheoryData<string, string> Ids
    {
        get
        {
            string[] ids =
            [
                "nobody", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fkeys", "..%5c..%5ckeys", "a%0d%0aSet-Cookie:x", "%c3%28", "%ff%fe", "%ed%a0%80", "%25252e", "a%3Fb%3Dc", "%3Cscript%3E", "'%20or%20'1'='1", "urn%3Auuid%3A1;x=1",
                "%e2%80%ae", s_long,
            ];
            TheoryData<string, string> all = [];
            foreach (var version in (string[])["2025-1", "2024-1"])
            {
                foreach (var path in (string[])["/negotiations/", "/transfers/", "/catalog/datasets/"])
                {
                    foreach (var id in ids)
                    {
                        all.Add(version, path + id);
                    }
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_id_of_whatever_shape_that_is_nobodys_is_answered_with_the_error_body(string version, string path)
    {
        var dialect = version == "2025-1" ? Dialect.Newer : Dialect.Older;

        var (status, body) = await suite.GetAsync(suite.At(dialect) + path);

        Assert.True(status is 400 or 404, $"answered {status}: {body}");
        Refused(dialect, body);
    }

    [Theory]
    [InlineData("/negotiations/%00")]
    [InlineData("/transfers/a%00b")]
    [InlineData("/catalog/datasets/%00")]
    public async Task A_null_character_in_an_address_is_refused_before_anything_looks_at_it(string path) => Assert.Equal(400, (await suite.GetAsync(suite.Base + path)).Status);

    [Fact]
    public async Task An_address_longer_than_any_is_not_read()
    {
        var (status, _) = await RawAsync($"GET /dsp/2025-1/negotiations/{new string('a', 60_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Equal(414, status);
    }

    [Theory]
    [InlineData("GET", "/catalog/request")]
    [InlineData("PUT", "/negotiations/request")]
    [InlineData("DELETE", "/negotiations/urn:uuid:1")]
    [InlineData("PATCH", "/transfers/urn:uuid:1")]
    [InlineData("POST", "/catalog/datasets/CAT0101")]
    [InlineData("TRACE", "/catalog/request")]
    public async Task A_method_that_is_none_of_the_paths_is_not_carried_out(string method, string path)
    {
        var (status, _) = await RawAsync($"{method} /dsp/2025-1{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        Assert.True(status is 404 or 405, $"answered {status}");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("%201")]
    [InlineData("1%00")]
    [InlineData("%D9%A1")]
    [InlineData("99999999999999999999")]
    [InlineData("eyJvZmZzZXQiOjB9")]
    [InlineData("..%2f..")]
    [InlineData("'%20or%201=1--")]
    public async Task A_cursor_that_was_tampered_with_is_refused(string cursor)
    {
        var (status, body) = await PostAsync($"/catalog/request?continuation={cursor}", CatalogRequest);

        Assert.Equal(400, status);
        Refused(Dialect.Newer, body);
    }

    [Theory]
    [InlineData("?continuation=2147483647")]
    [InlineData("?continuation=1&continuation=2")]
    [InlineData("?continuation=")]
    [InlineData("?CONTINUATION=x%20y&other=%ff")]
    public async Task A_cursor_behind_the_end_or_none_at_all_is_no_fault_of_ours(string query)
    {
        var (status, body) = await PostAsync("/catalog/request" + query, CatalogRequest);

        Assert.True(status is 200 or 400, $"answered {status}: {body}");
    }

    [Theory]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("[[[[[]]]]]")]
    [InlineData("[17,true,\"x\"]")]
    [InlineData("""{"@type":"Unknown"}""")]
    [InlineData("""[{"@type":"QuerySpec","offset":-1}]""")]
    [InlineData("""[{"@type":"QuerySpec","limit":1e400}]""")]
    [InlineData("""[{"@type":"QuerySpec","offset":99999999999999999999999999}]""")]
    [InlineData("""[{"@type":"QuerySpec","filterExpression":17}]""")]
    [InlineData("""[{"@type":"QuerySpec","filterExpression":[{"operandLeft":"id","operator":"exec","operandRight":"x"}]}]""")]
    [InlineData("""[{"@type":"QuerySpec","filterExpression":[{"operandLeft":{},"operator":[],"operandRight":null}]}]""")]
    public async Task A_filter_that_is_not_understood_is_refused(string filter)
    {
        var (status, body) = await PostAsync("/catalog/request", $"{CatalogRequest[..^1]},\"filter\":{filter}}}");

        Assert.Equal(400, status);
        Refused(Dialect.Newer, body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_body_is_never_unpacked(string encoding)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[64 * 1024 * 1024], TestContext.Current.CancellationToken);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        var (status, body) = await suite.PostAsync(suite.Base + "/negotiations/request", content);

        Assert.Equal(415, status);
        Refused(Dialect.Newer, body);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n")]
    public async Task A_body_of_unclear_length_is_refused_and_nothing_behind_it_is_read(string framed)
    {
        var (status, rest) = await RawAsync($"POST /dsp/2025-1/catalog/request HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{framed}GET /dsp/2025-1/catalog/datasets/CAT0101 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.True(status is >= 400 and < 500 or 501, $"answered {status}");
        Assert.DoesNotContain("\"CAT0101\"", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_while_others_are_served()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", suite.DspPort, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /dsp/2025-1/negotiations/request HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"), TestContext.Current.CancellationToken);

        Assert.Equal(200, (await PostAsync("/catalog/request", CatalogRequest)).Status);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("ContractNegotiationError", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pid_of_a_process_of_another_kind_is_nobodys()
    {
        var (_, opened) = await PostAsync("/transfers/request", $$"""{"@context":["https://w3id.org/dspace/2025/1/context.jsonld"],"@type":"TransferRequestMessage","consumerPid":"c-1","agreementId":"ATP0205","format":"HttpData-PULL","callbackAddress":"{{suite.Callback}}"}""");
        var pid = (string)opened!["providerPid"]!;

        var (status, body) = await suite.GetAsync($"{suite.Base}/negotiations/{pid}");
        Assert.Equal(404, status);
        Refused(Dialect.Newer, body);

        // The caller's own pid opens nothing, nor does ours with another's beside it.
        Assert.Equal(404, (await suite.GetAsync($"{suite.Base}/transfers/c-1")).Status);
        (status, body) = await PostAsync($"/transfers/{pid}/termination", $$"""{"@context":["https://w3id.org/dspace/2025/1/context.jsonld"],"@type":"TransferTerminationMessage","providerPid":"{{pid}}","consumerPid":"c-2"}""");
        Assert.True(status is 400 or 404, $"answered {status}: {body}");
        Assert.Equal("REQUESTED", (string)(await suite.GetAsync($"{suite.Base}/transfers/{pid}")).Body!["state"]!);
    }

    private static void Refused(Dialect dialect, JsonNode? body)
    {
        dialect.Holds(body!.AsObject());
        var told = dialect.Read(body.AsObject());
        Assert.EndsWith("Error", (string)told["@type"]!, StringComparison.Ordinal);
        Assert.NotEmpty(told["reason"]!.AsArray());
        Assert.DoesNotContain("   at ", body.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<(int Status, JsonNode? Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await suite.PostAsync(suite.Base + path, content);
    }

    private async Task<(int Status, string Answer)> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", suite.DspPort, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0, answer);
    }
}

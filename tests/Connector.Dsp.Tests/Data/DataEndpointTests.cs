using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;

namespace Connector.Dsp.Tests.Data;

public sealed class DataEndpointTests : IAsyncLifetime
{
    private const string UntilSoon = """{"permission":[{"action":"use","constraint":[{"leftOperand":"dateTime","operator":"lt","rightOperand":"2026-11-24T09:01:00Z"}]}]}""";

    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task The_start_of_a_pull_names_the_endpoint_and_its_token_under_every_name_that_peers_read()
    {
        var (pid, address) = await _house.StartFileAsync([1, 2, 3]);

        Assert.Equal("https://w3id.org/idsa/v4.1/HTTP", address.EndpointType);
        Assert.Equal($"{_house.Base}/data/{pid}", address.Endpoint);
        Assert.Equal(address.Properties["authorization"], address.Properties["https://w3id.org/edc/v0.0.1/ns/authorization"]);
        Assert.Equal("bearer", address.Properties["authType"]);
        Assert.Equal("bearer", address.Properties["https://w3id.org/edc/v0.0.1/ns/authType"]);
        Assert.Equal("300", address.Properties["https://w3id.org/tractusx/auth/expiresIn"]);
        Assert.Equal(address.Endpoint, address.Properties["https://w3id.org/tractusx/auth/refreshEndpoint"]);
        Assert.Equal("did:web:own.example", address.Properties["https://w3id.org/tractusx/auth/refreshAudience"]);
        Assert.NotEqual(address.Token, address.Properties["https://w3id.org/tractusx/auth/refreshToken"]);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    [InlineData("")]
    public async Task Any_HTTP_client_that_has_the_token_reads_the_whole_with_its_digests(string scheme)
    {
        var content = House.Bytes(3_000_000);
        var (_, address) = await _house.StartFileAsync(content);

        using var answer = await _house.SendAsync(address.Endpoint!, null, r => r.Headers.TryAddWithoutValidation("Authorization", scheme + address.Token));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:";
        Assert.Equal(digest, answer.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal(digest, answer.Headers.GetValues("Content-Digest").Single());
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"", answer.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=1048570-1048590", 1_048_570, 21)]
    [InlineData("bytes=2999990-", 2_999_990, 10)]
    [InlineData("bytes=-7", 2_999_993, 7)]
    [InlineData("bytes=5-99999999999", 5, 2_999_995)]
    public async Task A_single_range_is_answered_with_that_part(string range, int first, int length)
    {
        var content = House.Bytes(3_000_000);
        var (_, address) = await _house.StartFileAsync(content);

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token, r => r.Headers.Range = RangeHeaderValue.Parse(range));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(content.AsSpan(first, length).ToArray(), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal($"bytes {first}-{first + length - 1}/3000000", answer.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=10-", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("bytes=-0", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("bytes=5-2", HttpStatusCode.OK)]
    [InlineData("bytes=0-1,3-4", HttpStatusCode.OK)]
    [InlineData("bytes=0-0,0-0,0-0,0-0,0-0,0-0", HttpStatusCode.OK)]
    [InlineData("pages=1-2", HttpStatusCode.OK)]
    [InlineData("bytes=99999999999999999999999-", HttpStatusCode.OK)]
    public async Task A_range_that_makes_no_sense_does_no_harm(string range, HttpStatusCode expected)
    {
        var (_, address) = await _house.StartFileAsync(House.Bytes(10));

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token, r => r.Headers.TryAddWithoutValidation("Range", range));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 10 : 0, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Conditions_are_kept()
    {
        var content = House.Bytes(10);
        var (_, address) = await _house.StartFileAsync(content);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("If-None-Match", $"\"x\", W/{tag}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-None-Match", "\"x\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await StatusAsync("If-Match", "\"x\""));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-Match", tag));
        Assert.Equal(HttpStatusCode.PartialContent, await StatusAsync("If-Range", tag));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-Range", "\"x\""));

        async Task<HttpStatusCode> StatusAsync(string name, string value)
        {
            using var answer = await _house.SendAsync(address.Endpoint!, address.Token, r =>
            {
                r.Headers.TryAddWithoutValidation(name, value);
                r.Headers.Range = name == "If-Range" ? new RangeHeaderValue(1, 2) : null;
            });
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task HEAD_tells_all_and_sends_nothing()
    {
        var (_, address) = await _house.StartFileAsync(House.Bytes(1000));

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token, r => r.Method = HttpMethod.Head);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1000, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_token_opens_its_own_transfer_and_no_other()
    {
        var (_, first) = await _house.StartFileAsync([1]);
        var (_, second) = await _house.StartFileAsync([2]);

        await RefusedAsync(first.Endpoint!, second.Token, HttpStatusCode.Forbidden, "transfer-token");
        await RefusedAsync(first.Endpoint!, "no such token", HttpStatusCode.Forbidden, "transfer-token");
        await RefusedAsync(first.Endpoint!, first.Properties[HttpAddress.RefreshToken], HttpStatusCode.Forbidden, "transfer-token");
        await RefusedAsync(first.Endpoint!, null, HttpStatusCode.Unauthorized, "token-missing");
        await RefusedAsync($"{_house.Base}/data/urn:uuid:nobody", first.Token, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_token_is_dead_while_suspended_and_after_the_end()
    {
        var (pid, address) = await _house.StartFileAsync([1]);
        var transfers = _house.Get<TransferService>();

        Assert.Null((await transfers.StepAsync(pid, TransferMessageKind.Suspension, "c", ["r"], default)).Refusal);
        await RefusedAsync(address.Endpoint!, address.Token, HttpStatusCode.Gone, "transfer-suspended");

        Assert.Null((await transfers.StepAsync(pid, TransferMessageKind.Start, null, [], default)).Refusal);
        await RefusedAsync(address.Endpoint!, address.Token, HttpStatusCode.Forbidden, "transfer-token");

        Assert.Null((await transfers.StepAsync(pid, TransferMessageKind.Termination, "c", ["our secret reason"], default)).Refusal);
        var said = await RefusedAsync(address.Endpoint!, address.Token, HttpStatusCode.Gone, "transfer-ended");
        Assert.DoesNotContain("secret reason", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../source1.bin")]
    [InlineData("..%2fsource1.bin")]
    [InlineData("%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("..%5csource1.bin")]
    [InlineData("//etc/passwd")]
    [InlineData("a/../../secret")]
    public async Task No_path_leads_out_of_a_folder(string path)
    {
        var (_, address) = await FolderAsync();
        await File.WriteAllTextAsync(_house.File("secret"), "secret");

        using var answer = await _house.SendAsync($"{address.Endpoint}/{path}", address.Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_folder_gives_each_file_and_its_manifest()
    {
        var (_, address) = await FolderAsync();

        using var file = await _house.SendAsync($"{address.Endpoint}/a/{Uri.EscapeDataString("b ü.txt")}", address.Token);
        Assert.Equal("in a", await file.Content.ReadAsStringAsync());
        await RefusedAsync(address.Endpoint!, address.Token, HttpStatusCode.BadRequest, "malformed");
        using var manifest = await _house.SendAsync(address.Endpoint + "?manifest", address.Token);
        Assert.Equal("application/vnd.connector.manifest+json", manifest.Content.Headers.ContentType!.MediaType);
        using var document = JsonDocument.Parse(await manifest.Content.ReadAsStringAsync());
        Assert.Equal(["a/b ü.txt", "c.txt"], document.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Revocation_cuts_a_stream_in_its_midst_although_its_reader_stands_still()
    {
        var (pid, address) = await _house.StartFileAsync(House.Bytes(48 * 1024 * 1024));
        var agreement = (await ((ControlPlane.Stores.ITransferStore)_house.Store).FindAsync(pid, default))!.AgreementId;
        using var answer = await _house.SendAsync(address.Endpoint!, address.Token);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1000]);

        Assert.Null((await _house.Get<AgreementService>().EndAsync(agreement, "revoked", "no longer a customer", default)).Refusal);

        // What was on its way still arrives; the end never does.
        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(Stream.Null));
        await RefusedAsync(address.Endpoint!, address.Token, HttpStatusCode.Gone, "transfer-ended");
    }

    [Fact]
    public async Task A_policy_that_no_longer_permits_closes_the_endpoint()
    {
        var (_, address) = await _house.StartFileAsync([1], policy: UntilSoon);

        using var before = await _house.SendAsync(address.Endpoint!, address.Token);
        _house.Time.Advance(TimeSpan.FromMinutes(2));
        using var after = await _house.SendAsync(address.Endpoint!, address.Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_policy_that_ends_while_a_stream_runs_ends_the_stream()
    {
        var (_, address) = await _house.StartFileAsync(House.Bytes(48 * 1024 * 1024), policy: UntilSoon);
        using var answer = await _house.SendAsync(address.Endpoint!, address.Token);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1000]);

        _house.Time.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(Stream.Null));
    }

    private Task<(string Pid, DataAddress Address)> FolderAsync()
    {
        Directory.CreateDirectory(_house.File("tree/a"));
        File.WriteAllText(_house.File("tree/a/b ü.txt"), "in a");
        File.WriteAllText(_house.File("tree/c.txt"), "in c");
        return _house.StartAsync(new DataSource("folder", _house.File("tree")));
    }

    private async Task<string> RefusedAsync(string address, string? token, HttpStatusCode status, string code)
    {
        using var answer = await _house.SendAsync(address, token);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        using var document = JsonDocument.Parse(body);
        Assert.Equal(code, document.RootElement.GetProperty("code").GetString());
        Assert.NotEmpty(document.RootElement.GetProperty("mend").GetString()!);
        return body;
    }
}

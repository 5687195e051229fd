using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Tests.Outbound;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Data;

/// <summary>Access tokens are short-lived, and exchanged as Tractus-X does (refresh token grant profile; CX-0018).</summary>
public sealed class RefreshTests : IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expired_token_is_exchanged_for_its_party_whether_the_fields_come_in_the_form_or_in_the_query(bool form)
    {
        var (_, address) = await _house.StartFileAsync([7]);
        _house.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((HttpStatusCode.Unauthorized, "token-expired"), await AskedAsync(address.Endpoint!, address.Token));

        using var refreshed = await RefreshAsync(address, House.Identity(House.Partner, address.Token), form: form);
        using var document = JsonDocument.Parse(await refreshed.Content.ReadAsStringAsync());
        Assert.Equal(300, document.RootElement.GetProperty("expires_in").GetInt64());
        Assert.Equal(address.Properties[HttpAddress.RefreshToken], document.RootElement.GetProperty("refresh_token").GetString());
        using var answer = await _house.SendAsync(address.Endpoint!, document.RootElement.GetProperty("access_token").GetString());

        Assert.Equal([7], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.Forbidden, "transfer-token"), await AskedAsync(address.Endpoint!, address.Token));
    }

    [Fact]
    public async Task Nobody_else_and_nothing_else_gets_a_new_token()
    {
        var (_, address) = await _house.StartFileAsync([7]);
        var (_, other) = await _house.StartFileAsync([8]);

        Assert.Equal((HttpStatusCode.Unauthorized, "token-missing"), await RefusedAsync(address, null));
        Assert.Equal((HttpStatusCode.Forbidden, "refresh-not-yours"), await RefusedAsync(address, House.Identity("did:web:thief.example", address.Token)));
        Assert.Equal((HttpStatusCode.Forbidden, "refresh-not-yours"), await RefusedAsync(address, House.Identity(House.Partner, "another access token")));
        Assert.Equal((HttpStatusCode.Forbidden, "transfer-token"), await RefusedAsync(address, House.Identity(House.Partner, address.Token), other.Properties[HttpAddress.RefreshToken]));
        Assert.Equal((HttpStatusCode.Forbidden, "transfer-token"), await RefusedAsync(address, House.Identity(House.Partner, address.Token), address.Token));
        using var still = await _house.SendAsync(address.Endpoint!, address.Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_token_from_before_a_suspension_opens_nothing_after_it_and_its_party_gets_a_new_one()
    {
        var (pid, address) = await _house.StartFileAsync([7]);
        var transfers = _house.Get<TransferService>();
        Assert.Null((await transfers.StepAsync(pid, TransferMessageKind.Suspension, "c", ["r"], default)).Refusal);
        Assert.Equal((HttpStatusCode.Gone, "transfer-suspended"), await RefusedAsync(address, House.Identity(House.Partner, address.Token)));

        // The consumer resumes: its message can carry no new token.
        var partner = new Peer(House.Partner, ImmutableDictionary<string, Policies.Claim>.Empty, "test", DateTimeOffset.MaxValue);
        Assert.Null((await transfers.ReceiveAsync(partner, ControlPlane.Binding.Dsp, new TransferStartMessage("again", pid, (await FindAsync(pid)).ConsumerPid, null), default)).Refusal);

        Assert.Equal((HttpStatusCode.Unauthorized, "token-expired"), await AskedAsync(address.Endpoint!, address.Token));
        using var refreshed = await RefreshAsync(address, House.Identity(House.Partner, address.Token));
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nrefresh")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\n: \r\n\r\n\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name*=utf-7''a\r\n\r\na\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=utf-7\r\n\r\na\r\n--x--")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "grant_type=a")]
    [InlineData("application/x-www-form-urlencoded", "%00%ff=%&&==&\0")]
    public async Task A_form_that_cannot_be_read_is_refused(string type, string form)
    {
        var (_, address) = await _house.StartFileAsync([7]);

        using var answer = await _house.SendAsync(address.Properties[HttpAddress.RefreshEndpoint] + "/token", House.Identity(House.Partner, address.Token), r =>
        {
            r.Method = HttpMethod.Post;
            r.Content = new StringContent(form) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        });

        Assert.Equal((HttpStatusCode.BadRequest, "malformed"), await CodeAsync(answer));
    }

    [Fact]
    public async Task After_the_end_there_is_no_new_token()
    {
        var (pid, address) = await _house.StartFileAsync([7]);
        await _house.Get<TransferService>().StepAsync(pid, TransferMessageKind.Termination, null, [], default);

        Assert.Equal((HttpStatusCode.Gone, "transfer-ended"), await RefusedAsync(address, House.Identity(House.Partner, address.Token)));
    }

    [Theory]
    [InlineData("""{"access_token":"new","token_type":"bearer","refresh_token":"next","expires_in":300}""")]
    [InlineData("""{"access_token":"new","token_type":"bearer","refresh_token":"next","refresh_endpoint":"https://elsewhere.example/","expires_in":"300"}""")]
    [InlineData("""{"access_token":"new","refresh_token":"next"}""")]
    public async Task As_consumer_we_prove_who_refreshes_which_token_and_keep_what_came(string said)
    {
        var (claim, fields, query, refreshes) = ("", "", "", 0);
        await using var site = await Site.OpenAsync(async context =>
        {
            if (context.Request.Path == "/refresh/token")
            {
                refreshes++;
                claim = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(context.Request.Headers.Authorization.ToString().Split('.')[1]));
                fields = await new StreamReader(context.Request.Body).ReadToEndAsync();
                query = context.Request.QueryString.Value!;
                await context.Response.WriteAsync(said);
                return;
            }

            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer new" ? 200 : 403;
            await context.Response.WriteAsync("data");
        });
        var address = new DataAddress(Formats.HttpEndpointType, new Uri(site.Address, "/public").ToString(), ImmutableDictionary<string, string>.Empty
            .Add("https://w3id.org/edc/v0.0.1/ns/authorization", "old").Add("https://w3id.org/edc/v0.0.1/ns/authType", "bearer")
            .Add(HttpAddress.RefreshEndpoint, new Uri(site.Address, "/refresh").ToString()).Add(HttpAddress.RefreshToken, "r=1&x").Add(HttpAddress.RefreshAudience, "did:web:them"));
        var transfer = _house.Pulled("urn:p", address);
        Assert.True(await _house.Store.CommitAsync(new Change { Transfers = [transfer] }, default));

        Assert.Null((await _house.PullAsync(transfer, _house.File("got"))).Refusal);

        Assert.Equal("""{"token":"old"}""", claim);
        Assert.Equal(("grant_type=refresh_token&refresh_token=r%3D1%26x", "?grant_type=refresh_token&refresh_token=r%3D1%26x"), (fields, query));
        var kept = (await FindAsync(transfer.Id)).DataAddress!;
        Assert.Equal(("new", "next"), (kept.Token, kept.Properties[HttpAddress.RefreshToken]));

        // A later try, after a break or a restart, starts from what was kept: the tokens before are worth nothing any more.
        File.Delete(_house.File("got"));
        Assert.Null((await _house.PullAsync(await FindAsync(transfer.Id), _house.File("got"))).Refusal);
        Assert.Equal(1, refreshes);
    }

    private async Task<Transfer> FindAsync(string id) => (await ((ITransferStore)_house.Store).FindAsync(id, default))!;

    private Task<HttpResponseMessage> RefreshAsync(DataAddress address, string? identity, string? refreshToken = null, bool form = true)
    {
        KeyValuePair<string, string>[] fields = [new("grant_type", "refresh_token"), new("refresh_token", refreshToken ?? address.Properties[HttpAddress.RefreshToken])];
        var query = form ? "" : $"?{string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"))}";
        return _house.SendAsync($"{address.Properties[HttpAddress.RefreshEndpoint]}/token{query}", identity, r =>
        {
            r.Method = HttpMethod.Post;
            r.Content = form ? new FormUrlEncodedContent(fields) : new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
        });
    }

    private async Task<(HttpStatusCode, string?)> RefusedAsync(DataAddress address, string? identity, string? refreshToken = null)
    {
        using var answer = await RefreshAsync(address, identity, refreshToken);
        return await CodeAsync(answer);
    }

    private async Task<(HttpStatusCode, string?)> AskedAsync(string address, string? token)
    {
        using var answer = await _house.SendAsync(address, token);
        return await CodeAsync(answer);
    }

    private static async Task<(HttpStatusCode, string?)> CodeAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, document.RootElement.GetProperty("code").GetString());
    }
}

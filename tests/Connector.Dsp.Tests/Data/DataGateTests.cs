using System.Net;
using System.Text.Json;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Tests.Data;

/// <summary>What the data endpoints say, and what is logged, when it is not the caller who is at fault; and that each call leaves one line.</summary>
public sealed class DataGateTests : IAsyncLifetime
{
    private const string Secret = "/var/lib/connector/connector.db is full";

    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_store_that_cannot_be_read_is_told_as_such_and_logged_once()
    {
        var (_, address) = await _house.StartFileAsync([1]);
        _house.Get<FaultyStore>().Reading = new StoreException(Secret);

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token);

        await ToldAsync(answer, HttpStatusCode.ServiceUnavailable, "store-unavailable");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_gives_no_new_token()
    {
        var (_, address) = await _house.StartFileAsync([1]);
        _house.Get<FaultyStore>().Writing = new StoreException(Secret);

        using var answer = await _house.SendAsync($"{address.Endpoint}/token?grant_type=refresh_token&refresh_token={Uri.EscapeDataString(address.Properties[HttpAddress.RefreshToken])}", House.Identity(House.Partner, address.Token), r => r.Method = HttpMethod.Post);

        await ToldAsync(answer, HttpStatusCode.ServiceUnavailable, "store-unavailable");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_signs_for_no_push()
    {
        var (address, _) = await _house.AwaitPushAsync();
        _house.Get<FaultyStore>().Writing = new StoreException(Secret);

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token, r => (r.Method, r.Content) = (HttpMethod.Put, new ByteArrayContent([1, 2, 3])));

        await ToldAsync(answer, HttpStatusCode.ServiceUnavailable, "store-unavailable");
    }

    [Fact]
    public async Task A_fault_of_our_own_is_an_id_to_the_caller_and_a_line_with_that_id_to_the_operator()
    {
        var (_, address) = await _house.StartFileAsync([1]);
        _house.Get<FaultyStore>().Reading = new InvalidOperationException(Secret);

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token);

        var said = await ToldAsync(answer, HttpStatusCode.InternalServerError, "internal");
        var id = said[(said.IndexOf("(id ", StringComparison.Ordinal) + 4)..].Split(')')[0];
        Assert.Contains(id, Assert.Single(_house.Logged.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "", HttpStatusCode.NotFound)]
    [InlineData(null, "wrong", HttpStatusCode.Forbidden)]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    public async Task A_refused_call_is_logged_once_and_without_its_token(string? pid, string? token, HttpStatusCode status)
    {
        var (_, address) = await _house.StartFileAsync([1]);

        using var answer = await _house.SendAsync(pid is null ? address.Endpoint! : $"{_house.Base}/data/{pid}", token is "" ? address.Token : token);

        Assert.Equal(status, answer.StatusCode);
        var line = Assert.Single(_house.Logged.At(LogLevel.Information), l => l.Contains("is refused", StringComparison.Ordinal));
        Assert.DoesNotContain(address.Token!, line, StringComparison.Ordinal);
        Assert.Empty(_house.Logged.At(LogLevel.Error));
    }

    [Theory]
    [InlineData("Authorization", 20_000, HttpStatusCode.Unauthorized)]
    [InlineData("Range", 20_000, HttpStatusCode.OK)]
    [InlineData("If-Match", 20_000, HttpStatusCode.PreconditionFailed)]
    [InlineData("X-Other", 20_000, HttpStatusCode.OK)]
    [InlineData("X-Other", 100_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData("Authorization", 100_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Oversized_headers_do_no_harm(string name, int length, HttpStatusCode status)
    {
        var (_, address) = await _house.StartFileAsync([1]);

        using var answer = await _house.SendAsync(address.Endpoint!, name == "Authorization" ? null : address.Token, r => r.Headers.TryAddWithoutValidation(name, new string('x', length)));

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(_house.Logged.At(LogLevel.Error));
        using var next = await _house.SendAsync(address.Endpoint!, address.Token);
        Assert.Equal([1], await next.Content.ReadAsByteArrayAsync());
    }

    private async Task<string> ToldAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        using var document = JsonDocument.Parse(said);
        Assert.Equal(code, document.RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.Contains(Secret, Assert.Single(_house.Logged.At(LogLevel.Error)), StringComparison.Ordinal);
        return said;
    }
}

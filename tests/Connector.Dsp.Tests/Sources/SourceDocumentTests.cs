using Connector.Dsp.Tests.Data;

namespace Connector.Dsp.Tests.Sources;

/// <summary>What an operator writes of an HTTP source: each fault is told at its place, and no secret is repeated.</summary>
public sealed class SourceDocumentTests
{
    [Theory]
    [InlineData("url: ftp://x/y", "url", "no address of http")]
    [InlineData("url: /local", "url", "no address of http")]
    [InlineData("url: https://user:hunter2@x/", "url", "credentials")]
    [InlineData("{}", "url", "missing")]
    [InlineData("{ url: https://x/, credentials: { bearer: hunter2 } }", "credentials.bearer", "name its place")]
    [InlineData("{ url: https://x/, credentials: { basic: { user: a, password: hunter2 } } }", "credentials.basic.password", "name its place")]
    [InlineData("{ url: https://x/, credentials: { headers: { X-Key: hunter2 } } }", "credentials.headers.X-Key", "name its place")]
    [InlineData("{ url: https://x/, credentials: { bearer: { file: a, env: B } } }", "credentials.bearer", "not exactly one place")]
    [InlineData("{ url: https://x/, credentials: { bearer: { env: A }, basic: { user: b, password: { env: C } } } }", "credentials", "twice")]
    [InlineData("{ url: https://x/, credentials: { bearer: { env: NOT_SET_ANYWHERE } } }", "source", "NOT_SET_ANYWHERE: is not set")]
    [InlineData("{ url: https://x/, credentials: { bearer: { file: ./nowhere } } }", "source", "no such file")]
    [InlineData("{ url: https://x/, headers: { Authorization: hunter2 } }", "headers.Authorization", "credentials")]
    [InlineData("{ url: https://x/, headers: { Host: y } }", "headers.Host", "no header field")]
    [InlineData("{ url: https://x/, paths: [ ../up ] }", "paths", "no pattern")]
    [InlineData("{ url: https://x/, paths: [ 'a/**/b' ] }", "paths", "no pattern")]
    [InlineData("{ url: 'https://x/?key=1', query: [ key ] }", "query", "stands in the url")]
    [InlineData("{ url: https://x/, allowedNetworks: [ everywhere ] }", "allowedNetworks", "no network")]
    [InlineData("{ url: https://x/, maxBytes: -1 }", "maxBytes", "no number of bytes")]
    [InlineData("{ url: https://x/, pathes: [] }", "pathes", "did you mean 'paths'")]
    public async Task A_fault_names_its_field_and_what_to_do(string http, string field, string says)
    {
        await using var house = await House.OpenAsync();

        var (source, faults) = await house.ApplySourceAsync($"  http: {(http.StartsWith('{') ? http : $"{{ {http} }}")}\n");

        Assert.Null(source);
        Assert.Contains(field, faults, StringComparison.Ordinal);
        Assert.Contains(says, faults, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_others_may_read_is_refused()
    {
        await using var house = await House.OpenAsync();
        await File.WriteAllTextAsync(house.File("key"), "hunter2");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(house.File("key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var (_, faults) = await house.ApplySourceAsync("  http: { url: https://x/, credentials: { bearer: { file: ./key } } }");

        Assert.Contains("chmod 600", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_places_at_once_are_refused()
    {
        await using var house = await House.OpenAsync();

        var (_, faults) = await house.ApplySourceAsync("  file: ./a\n  http: { url: https://x/ }\n");

        Assert.Contains("not exactly one place", faults, StringComparison.Ordinal);
    }
}

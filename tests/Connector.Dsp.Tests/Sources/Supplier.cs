using System.Net;
using System.Text.Json;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Tests.Data;
using Connector.Dsp.Tests.Outbound;
using Connector.Trust.Keys;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Tests.Sources;

/// <summary>A company whose dataset is another server's HTTP address, and that server.</summary>
internal sealed class Supplier : IAsyncDisposable
{
    private readonly Site _site;

    private Supplier(House house, Site site, DataSource source, string pid, DataAddress address) => (House, _site, Source, Pid, Address) = (house, site, source, pid, address);

    public House House { get; }

    public DataSource Source { get; }

    public string Pid { get; }

    /// <summary>What a consumer is given.</summary>
    public DataAddress Address { get; }

    /// <summary>Host and port of the source, which no consumer may learn.</summary>
    public string Secret => _site.Address.Authority;

    public int Calls => _site.Calls;

    /// <param name="more">Lines of the document beneath <c>url</c>, each indented by four.</param>
    public static async Task<Supplier> OpenAsync(RequestDelegate answer, string more = "", string path = "/api", string policy = House.FreeUse)
    {
        var site = await Site.OpenAsync(answer);
        var house = await House.OpenAsync();
        SecretFile.Write(house.File("key"), "s3cret\n");
        var (source, faults) = await house.ApplySourceAsync($"  http:\n    url: {new Uri(site.Address, path)}\n{more}");
        Assert.Equal("", faults);
        var (pid, address) = await house.StartAsync(source!, policy: policy);
        return new Supplier(house, site, source!, pid, address);
    }

    public Task<HttpResponseMessage> GetAsync(string below = "", Action<HttpRequestMessage>? change = null) => House.SendAsync(Address.Endpoint + below, Address.Token, change);

    /// <summary>The code of a refusal, which says nothing of where the source is.</summary>
    public async Task<(HttpStatusCode Status, string Code)> RefusedAsync(string below = "", Action<HttpRequestMessage>? change = null)
    {
        using var answer = await GetAsync(below, change);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        Assert.DoesNotContain(_site.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), body, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", body + answer.Headers, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);
        Assert.NotEmpty(document.RootElement.GetProperty("mend").GetString()!);
        return (answer.StatusCode, document.RootElement.GetProperty("code").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await _site.DisposeAsync();
    }
}

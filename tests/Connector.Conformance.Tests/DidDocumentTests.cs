using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Connector.Conformance.Harness;
using Connector.Testing.Processes;

namespace Connector.Conformance.Tests;

/// <summary>A connector named by a did:web with a path serves its own DID document there.</summary>
public sealed class DidDocumentTests : IAsyncLifetime
{
    private const string Did = "did:web:connector.example.jp:plants:osaka";

    private readonly HttpClient _http = new();
    private readonly int _port = FreePorts.Next();
    private SystemUnderTest _system = null!;

    private Uri Address => new($"http://127.0.0.1:{_port}/plants/osaka/did.json");

    public async ValueTask InitializeAsync() => _system = await SystemUnderTest.StartAsync(new HarnessOptions { DspPort = _port, WebhookPort = FreePorts.Next(), Participant = Did });

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task It_is_public_cacheable_and_leads_to_what_it_names()
    {
        using var response = await _http.GetAsync(Address, TestContext.Current.CancellationToken);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.True(response.Headers.CacheControl is { Public: true, MaxAge: { } age } && age > TimeSpan.Zero);
        Assert.Equal(Did, (string)document["id"]!);
        var key = Assert.Single(document["verificationMethod"]!.AsArray())!;
        Assert.StartsWith(Did + "#", (string)key["id"]!, StringComparison.Ordinal);
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key["publicKeyJwk"]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));

        var services = document["service"]!.AsArray().ToDictionary(s => (string)s!["type"]!, s => s!);
        Conforming.To("common/did-service-schema.json", services["DataService"]);
        Conforming.To("common/did-service-schema.json", services["CatalogService"]);
        Assert.NotNull(JsonNode.Parse(await _http.GetStringAsync(new Uri((string)services["DataService"]["serviceEndpoint"]!), TestContext.Current.CancellationToken))!["protocolVersions"]);
        using var request = new StringContent("""{"@context":["https://w3id.org/dspace/2025/1/context.jsonld"],"@type":"CatalogRequestMessage"}""", MediaTypeHeaderValue.Parse("application/json"));
        using var catalog = await _http.PostAsync(new Uri((string)services["CatalogService"]["serviceEndpoint"]! + "/request"), request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, catalog.StatusCode);
    }

    [Fact]
    public async Task Who_has_it_already_gets_no_body()
    {
        using var first = await _http.GetAsync(Address, TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, Address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var answer = await _http.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotModified, 0), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
    }

    [Theory]
    [InlineData("/.well-known/did.json")]
    [InlineData("/plants/osaka/../../did.json")]
    [InlineData("/plants/osaka/did.json/x")]
    public async Task It_is_nowhere_else(string path)
    {
        using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}{path}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}

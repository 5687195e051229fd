using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>Peers that speak 2024-1 meet the same rules in their own words.</summary>
public sealed class OlderVersionTests(Suite suite) : IClassFixture<Suite>
{
    private const string Context = "https://w3id.org/dspace/2024/1/context.json";

    private string Base => suite.Base.Replace("2025-1", "2024-1", StringComparison.Ordinal);

    [Fact]
    public async Task The_catalog_is_served_in_the_terms_of_2024_1()
    {
        var (status, body) = await suite.PostAsync(Base + "/catalog/request", new JsonObject { ["@context"] = Context, ["@type"] = "dspace:CatalogRequestMessage" });

        Assert.Equal(200, status);
        Assert.Equal((Context, "dcat:Catalog"), ((string)body!["@context"]!, (string)body["@type"]!));
        Assert.Contains(body["dcat:dataset"]!.AsArray(), d => (string)d!["@id"]! == "CAT0101" && d["odrl:hasPolicy"] is JsonArray);
    }

    [Fact]
    public async Task A_negotiation_goes_its_way_in_the_terms_of_2024_1()
    {
        var (status, body) = await suite.PostAsync(Base + "/negotiations/request", JsonNode.Parse($$"""
            {
              "@context": "{{Context}}", "@type": "dspace:ContractRequestMessage", "dspace:consumerPid": "urn:uuid:32541fe6-c580-409e-85a8-8a9a32fbe833",
              "dspace:callbackAddress": "{{suite.Callback}}",
              "dspace:offer": { "@type": "odrl:Offer", "@id": "CD123:ACN0104:456", "odrl:target": { "@id": "ACN0104" }, "odrl:permission": { "odrl:action": { "@id": "odrl:use" } } }
            }
            """)!);

        Assert.True(status == 201, $"{status} {body}");
        Assert.Equal("dspace:REQUESTED", (string?)body!["dspace:state"] ?? (string?)body["dspace:state"]!["@id"]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var agreement = (await suite.Arrivals.ReadAsync(deadline.Token)).Body;
        Assert.Equal((Context, "dspace:ContractAgreementMessage"), ((string)agreement["@context"]!, (string)agreement["@type"]!));
        Assert.NotNull(agreement["dspace:agreement"]!["odrl:permission"]);
    }

    [Fact]
    public async Task What_is_refused_is_refused_in_the_terms_of_2024_1()
    {
        var (status, body) = await suite.GetAsync(Base + "/negotiations/urn:uuid:00000000-0000-4000-8000-000000000009");

        Assert.Equal((404, "dspace:ContractNegotiationError"), (status, (string)body!["@type"]!));
    }
}

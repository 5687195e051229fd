using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>Peers that speak 2024-1 meet the same rules in their own words: rows of the table, each message and answer held to the schemas of 2024-1.</summary>
public sealed class OlderVersionTests(Suite suite) : IClassFixture<Suite>
{
    private string Base => suite.At(Dialect.Older);

    [Theory]
    [InlineData("ACN0101", ">request <offer >termination =TERMINATED")]
    [InlineData("ACN0102", ">request <offer >counter <termination =TERMINATED")]
    [InlineData("ACN0103", ">request <offer >accepted <agreement >verification <finalized =FINALIZED")]
    [InlineData("ACN0104", ">request <agreement >verification <finalized =FINALIZED")]
    [InlineData("ACN0201", ">request <termination =TERMINATED")]
    [InlineData("ACN0207", ">request <agreement >verification <termination =TERMINATED")]
    [InlineData("ACN0301", ">request <agreement >verification <finalized =FINALIZED >termination! =FINALIZED")]
    [InlineData("ACN0302", ">request <offer >verification! =OFFERED")]
    public Task As_a_provider_it_negotiates(string key, string script) => new Row(suite, key, "negotiations", weAreProvider: false, Dialect.Older).PlayAsync(script);

    [Theory]
    [InlineData("ACNC0101", "* <request >offer <accepted >agreement <verification >finalized =FINALIZED")]
    [InlineData("ACNC0102", "* <request >offer <counter >termination =TERMINATED")]
    [InlineData("ACNC0103", "* <request >offer <termination =TERMINATED")]
    [InlineData("ACNC0203", "* <request >agreement <termination =TERMINATED")]
    [InlineData("ACNC0301", "* <request >finalized! =REQUESTED")]
    [InlineData("ACNC0305", "* <request >offer <accepted >offer! =ACCEPTED")]
    public Task As_a_consumer_it_negotiates(string key, string script) => new Row(suite, key, "negotiations", weAreProvider: true, Dialect.Older).PlayAsync(script);

    [Theory]
    [InlineData("ATP0102", ">request <start <completion =COMPLETED")]
    [InlineData("ATP0104", ">request <start <suspension <start <completion =COMPLETED")]
    [InlineData("ATP0105", ">request <termination =TERMINATED")]
    [InlineData("ATP0203", ">request <start =STARTED >suspension =SUSPENDED >termination =TERMINATED")]
    [InlineData("ATP0204", ">request <start >suspension =SUSPENDED >start =STARTED >completion =COMPLETED")]
    [InlineData("ATP0301", ">request ~ >completion! =REQUESTED")]
    [InlineData("ATP0304", ">request <start >termination =TERMINATED >start! =TERMINATED")]
    public Task As_a_provider_it_transfers(string key, string script) => new Row(suite, key, "transfers", weAreProvider: false, Dialect.Older).PlayAsync(script);

    [Fact]
    public async Task As_a_consumer_it_transfers_what_was_agreed_on_in_the_same_version()
    {
        var negotiation = new Row(suite, "ACNC0104", "negotiations", weAreProvider: true, Dialect.Older);
        await negotiation.PlayAsync("* <request >agreement <verification >finalized =FINALIZED");

        await new Row(suite, negotiation.AgreementId, "transfers", weAreProvider: true, Dialect.Older).PlayAsync("* <request >start =STARTED >suspension =SUSPENDED >start =STARTED >completion =COMPLETED >start!");
        await new Row(suite, negotiation.AgreementId, "transfers", weAreProvider: true, Dialect.Older).PlayAsync("* <request >termination =TERMINATED");
    }

    [Fact]
    public async Task The_catalog_and_its_datasets_are_served()
    {
        var (status, catalog) = await suite.PostAsync(Base + "/catalog/request", new JsonObject { ["@context"] = OlderDialect.Context, ["@type"] = "dspace:CatalogRequestMessage" });
        Assert.Equal(200, status);
        Dialect.Older.Holds(catalog!.AsObject());
        Assert.Contains(catalog["dcat:dataset"]!.AsArray(), d => (string)d!["@id"]! == "CAT0101" && d["odrl:hasPolicy"] is JsonArray);

        (status, var dataset) = await suite.GetAsync(Base + "/catalog/datasets/CAT0102");
        Assert.Equal((200, "CAT0102"), (status, (string)dataset!["@id"]!));
        Dialect.Older.Holds(dataset.AsObject());
    }

    [Theory]
    [InlineData("/negotiations/urn:uuid:00000000-0000-4000-8000-000000000009", "dspace:ContractNegotiationError")]
    [InlineData("/transfers/urn:uuid:00000000-0000-4000-8000-000000000009", "dspace:TransferError")]
    [InlineData("/catalog/datasets/CAT0103", "dspace:CatalogError")]
    public async Task What_is_not_there_is_answered_with_the_error_body(string path, string type)
    {
        var (status, body) = await suite.GetAsync(Base + path);

        Assert.Equal((404, type), (status, (string)body!["@type"]!));
        Dialect.Older.Holds(body.AsObject());
    }
}

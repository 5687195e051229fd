namespace Connector.Conformance.Tests;

/// <summary>One case for each row of the public suite's table.</summary>
public sealed class TableTests(Suite suite) : IClassFixture<Suite>
{
    [Theory]
    [InlineData("CN:01-01", ">request <offer >termination =TERMINATED")]
    [InlineData("CN:01-02", ">request <offer >counter <termination =TERMINATED")]
    [InlineData("CN:01-03", ">request <offer >accepted <agreement >verification <finalized =FINALIZED")]
    [InlineData("CN:01-04", ">request <agreement >verification <finalized =FINALIZED")]
    [InlineData("CN:02-01", ">request <termination =TERMINATED")]
    [InlineData("CN:02-02", ">request ~ >termination =TERMINATED")]
    [InlineData("CN:02-03", ">request <agreement >termination =TERMINATED")]
    [InlineData("CN:02-04", ">request <offer >termination =TERMINATED")]
    [InlineData("CN:02-05", ">request <offer <termination =TERMINATED")]
    [InlineData("CN:02-06", ">request <offer >accepted <termination =TERMINATED")]
    [InlineData("CN:02-07", ">request <agreement >verification <termination =TERMINATED")]
    [InlineData("CN:03-01", ">request <agreement >verification <finalized =FINALIZED >termination! =FINALIZED")]
    [InlineData("CN:03-02", ">request <offer >verification! =OFFERED")]
    [InlineData("CN:03-03", ">request <offer >accepted ~ >verification! =ACCEPTED")]
    [InlineData("CN:03-04", ">request <offer >counter ~ >counter! =REQUESTED")]
    public Task As_a_provider_it_negotiates_as_the_table_says(string row, string script) => new Row(suite, Key("ACN", row), "negotiations", weAreProvider: false).PlayAsync(script);

    [Theory]
    [InlineData("CN_C:01-01", "* <request >offer <accepted >agreement <verification >finalized =FINALIZED")]
    [InlineData("CN_C:01-02", "* <request >offer <counter >termination =TERMINATED")]
    [InlineData("CN_C:01-03", "* <request >offer <termination =TERMINATED")]
    [InlineData("CN_C:01-04", "* <request >agreement <verification >finalized =FINALIZED")]
    [InlineData("CN_C:02-01", "* <request >termination =TERMINATED")]
    [InlineData("CN_C:02-02", "* <request <termination =TERMINATED")]
    [InlineData("CN_C:02-03", "* <request >agreement <termination =TERMINATED")]
    [InlineData("CN_C:02-04", "* <request >offer ~ =OFFERED >termination =TERMINATED")]
    [InlineData("CN_C:02-05", "* <request >offer <accepted >termination =TERMINATED")]
    [InlineData("CN_C:02-06", "* <request >agreement <verification >termination =TERMINATED")]
    [InlineData("CN_C:03-01", "* <request >finalized! =REQUESTED")]
    [InlineData("CN_C:03-02", "* <request >offer ~ =OFFERED >agreement! =OFFERED")]
    [InlineData("CN_C:03-03", "* <request >offer ~ >finalized! =OFFERED")]
    [InlineData("CN_C:03-04", "* <request >offer <accepted >finalized! =ACCEPTED")]
    [InlineData("CN_C:03-05", "* <request >offer <accepted >offer! =ACCEPTED")]
    [InlineData("CN_C:03-06", "* <request >offer <accepted >agreement ~ >finalized! =AGREED")]
    public Task As_a_consumer_it_negotiates_as_the_table_says(string row, string script) => new Row(suite, Key("ACNC", row), "negotiations", weAreProvider: true).PlayAsync(script);

    [Theory]
    [InlineData("TP:01-01", ">request <start <termination =TERMINATED")]
    [InlineData("TP:01-02", ">request <start <completion =COMPLETED")]
    [InlineData("TP:01-03", ">request <start <suspension <termination =TERMINATED")]
    [InlineData("TP:01-04", ">request <start <suspension <start <completion =COMPLETED")]
    [InlineData("TP:01-05", ">request <termination =TERMINATED")]
    [InlineData("TP:02-01", ">request <start =STARTED >termination =TERMINATED")]
    [InlineData("TP:02-02", ">request <start =STARTED >completion =COMPLETED")]
    [InlineData("TP:02-03", ">request <start =STARTED >suspension =SUSPENDED >termination =TERMINATED")]
    [InlineData("TP:02-04", ">request <start >suspension =SUSPENDED >start =STARTED >completion =COMPLETED")]
    [InlineData("TP:02-05", ">request ~ >termination =TERMINATED")]
    [InlineData("TP:03-01", ">request ~ >completion! =REQUESTED")]
    [InlineData("TP:03-02", ">request ~ >suspension! =REQUESTED")]
    [InlineData("TP:03-03", ">request <start >suspension =SUSPENDED >completion! =SUSPENDED")]
    [InlineData("TP:03-04", ">request <start >termination =TERMINATED >start! =TERMINATED")]
    [InlineData("TP:03-05", ">request <start >termination =TERMINATED >suspension! =TERMINATED")]
    [InlineData("TP:03-06", ">request <start >termination =TERMINATED >completion! =TERMINATED")]
    public Task As_a_provider_it_transfers_as_the_table_says(string row, string script) => new Row(suite, Key("ATP", row), "transfers", weAreProvider: false).PlayAsync(script);

    [Theory]
    [InlineData("TP_C:01-01", "* <request >start =STARTED >termination =TERMINATED")]
    [InlineData("TP_C:01-02", "* <request >start =STARTED >completion =COMPLETED")]
    [InlineData("TP_C:01-03", "* <request >start =STARTED >suspension =SUSPENDED >termination =TERMINATED")]
    [InlineData("TP_C:01-04", "* <request >start =STARTED >suspension =SUSPENDED >start =STARTED >completion =COMPLETED")]
    [InlineData("TP_C:01-05", "* <request >termination =TERMINATED")]
    [InlineData("TP_C:02-01", "* <request >start <termination =TERMINATED")]
    [InlineData("TP_C:02-02", "* <request >start <completion =COMPLETED")]
    [InlineData("TP_C:02-03", "* <request >start <suspension <termination =TERMINATED")]
    [InlineData("TP_C:02-04", "* <request >start <suspension <start <completion =COMPLETED")]
    [InlineData("TP_C:02-05", "* <request <termination =TERMINATED")]
    [InlineData("TP_C:03-01", "* <request =REQUESTED >completion! =REQUESTED")]
    [InlineData("TP_C:03-02", "* <request =REQUESTED >suspension! =REQUESTED")]
    [InlineData("TP_C:03-03", "* <request >start >suspension =SUSPENDED >completion! =SUSPENDED")]
    [InlineData("TP_C:03-04", "* <request >start >termination =TERMINATED >start! =TERMINATED")]
    [InlineData("TP_C:03-05", "* <request >start >termination =TERMINATED >suspension! =TERMINATED")]
    [InlineData("TP_C:03-06", "* <request >start >termination =TERMINATED >completion! =TERMINATED")]
    public Task As_a_consumer_it_transfers_as_the_table_says(string row, string script) => new Row(suite, Key("ATPC", row), "transfers", weAreProvider: true).PlayAsync(script);

    [Fact]
    public async Task MET_01_01_The_version_document_names_2025_1()
    {
        var (status, body) = await suite.GetAsync($"http://127.0.0.1:{suite.DspPort}/.well-known/dspace-version");

        Assert.Equal(200, status);
        Conforming.To("common/protocol-version-schema.json", body!);
        var version = Assert.Single(body!["protocolVersions"]!.AsArray(), v => (string)v!["version"]! == "2025-1")!;
        Assert.Equal(("/dsp/2025-1", "HTTPS"), ((string)version["path"]!, (string)version["binding"]!));
    }

    [Fact]
    public async Task CAT_01_01_The_catalog_holds_the_dataset()
    {
        var (status, body) = await suite.PostAsync(suite.Base + "/catalog/request", System.Text.Json.Nodes.JsonNode.Parse("""{"@context":["https://w3id.org/dspace/2025/1/context.jsonld"],"@type":"CatalogRequestMessage"}""")!);

        Assert.Equal(200, status);
        Conforming.To("catalog/catalog-schema.json", body!);
        Assert.Contains(body!["dataset"]!.AsArray(), d => (string)d!["@id"]! == "CAT0101");
    }

    [Fact]
    public async Task CAT_01_02_The_dataset_is_given_by_its_id()
    {
        var (status, body) = await suite.GetAsync(suite.Base + "/catalog/datasets/CAT0102");

        Assert.Equal(200, status);
        Conforming.To("catalog/dataset-schema.json", body!);
        Assert.Equal("CAT0102", (string)body!["@id"]!);
    }

    [Fact]
    public async Task CAT_01_03_A_dataset_that_is_not_there_is_answered_with_the_error_body()
    {
        var (status, body) = await suite.GetAsync(suite.Base + "/catalog/datasets/CAT0103");

        Assert.Equal(404, status);
        Conforming.To("catalog/catalog-error-schema.json", body!);
    }

    private static string Key(string prefix, string row) => prefix + row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("-", "", StringComparison.Ordinal);
}

using System.Text.Json;
using Connector.Dsp.JsonLd;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests.JsonLd;

public sealed class OlderVersionTests
{
    private const string Newer = "https://w3id.org/dspace/2025/1/context.jsonld";
    private const string Older = "https://w3id.org/dspace/2024/1/context.json";

    public static TheoryData<string> OlderExamples => [.. Examples.Older];

    public static TheoryData<string> NewerExamples => [.. Examples.Newer.Where(path => !path.Contains("did-service", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(OlderExamples))]
    public void A_message_of_2024_becomes_one_of_2025(string path)
    {
        var renamed = JsonLdNames.Rename(JsonLdExpansion.Expand(Mended(path)), JsonLdNames.Dspace2024, JsonLdNames.Dspace2025);
        var compacted = JsonLdCompaction.Compact(renamed, [Newer]);
        // 2024-1 repeats the callback in every message; 2025-1 takes it only in the first.
        if (compacted.ContainsKey("consumerPid") && compacted.ContainsKey("providerPid"))
            compacted.Remove("callbackAddress");
        Assert.Empty(DspSchemas.Validate("2025-1", Examples.SchemaOf(path), Same.Element(compacted)).Select(fault => fault + compacted.ToJsonString()));
    }

    /// <summary>Five published examples are written with words that neither version has, one with a service that has no type.</summary>
    private static JsonElement Mended(string path) => Same.Parse(Fixtures.Text(path)
        .Replace("odrl:operand", "odrl:operator", StringComparison.Ordinal)
        .Replace("oderl:", "odrl:", StringComparison.Ordinal)
        .Replace("odrl:equals", "odrl:eq", StringComparison.Ordinal)
        .Replace("\"target\"", "\"odrl:target\"", StringComparison.Ordinal)
        .Replace("\"@id\": \"urn:uuid:4aa2dcc8-4d2d-569e-d634-8394a8834d77\",\n          \"dcat:", "\"@type\": \"dcat:DataService\", \"@id\": \"urn:uuid:4aa2dcc8-4d2d-569e-d634-8394a8834d77\",\n          \"dcat:", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(NewerExamples))]
    public void A_message_of_2025_survives_the_way_to_2024_and_back(string path)
    {
        var expanded = JsonLdExpansion.Expand(Fixtures.Json(path));
        var older = JsonLdCompaction.Compact(JsonLdNames.Rename(expanded, JsonLdNames.Dspace2025, JsonLdNames.Dspace2024), [Older]);
        Assert.DoesNotContain("2025/1", older.ToJsonString(), StringComparison.Ordinal);
        var back = JsonLdNames.Rename(JsonLdExpansion.Expand(Same.Element(older)), JsonLdNames.Dspace2024, JsonLdNames.Dspace2025);
        Same.Json(Same.Element(expanded), back);
    }
}

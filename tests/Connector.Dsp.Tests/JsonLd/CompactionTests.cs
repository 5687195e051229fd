using System.Text.Json.Nodes;
using Connector.Dsp.JsonLd;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests.JsonLd;

public sealed class CompactionTests
{
    private const string Context = "https://w3id.org/dspace/2025/1/context.jsonld";

    public static TheoryData<string> All => [.. Examples.Newer, .. Examples.Older, .. Examples.Authored];

    // The context gives DataService no serviceEndpoint, so as JSON-LD that example says less than as JSON.
    public static TheoryData<string> Published => [.. Examples.Newer.Where(path => !path.EndsWith("dataservice-did-service.json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(All))]
    public void What_was_expanded_and_compacted_means_the_same(string path)
    {
        var document = Fixtures.Json(path);
        var expanded = JsonLdExpansion.Expand(document);
        var compacted = JsonLdCompaction.Compact(expanded, Examples.ContextsOf(document));
        Same.Json(Same.Element(expanded), JsonLdExpansion.Expand(Same.Element(compacted)));
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_example_comes_back_as_it_was_published(string path)
    {
        var document = Fixtures.Json(path);
        var compacted = JsonLdCompaction.Compact(JsonLdExpansion.Expand(document), Examples.ContextsOf(document));
        Same.Json(document, compacted);
        Assert.Empty(DspSchemas.Validate("2025-1", Examples.SchemaOf(path), Same.Element(compacted)));
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_message_without_any_term_is_brought_into_the_shape_of_the_schema(string path)
    {
        var document = Fixtures.Json(path);
        var withoutTerms = JsonLdExpansion.Expand(document)[0]!;
        var again = JsonLdExpansion.Expand(Same.Element(withoutTerms));
        var compacted = JsonLdCompaction.Compact(again, Examples.ContextsOf(document));
        Assert.Empty(DspSchemas.Validate("2025-1", Examples.SchemaOf(path), Same.Element(compacted)));
    }

    [Fact]
    public void Prefixes_single_values_and_contexts_of_the_peer_are_brought_into_the_shape_of_the_schema()
    {
        var message = Same.Parse("""
            {
              "@context": [{"d": "https://w3id.org/dspace/2025/1/", "odrl": "http://www.w3.org/ns/odrl/2/", "kind": "@type", "ext": "https://example.com/"}],
              "kind": "d:ContractRequestMessage",
              "d:consumerPid": {"@id": "urn:uuid:1"},
              "d:callbackAddress": "https://example.com/callback",
              "ext:note": "kept",
              "d:offer": {
                "@id": "urn:uuid:2", "kind": "odrl:Offer", "odrl:target": {"@id": "urn:uuid:3"},
                "odrl:permission": {"odrl:action": {"@id": "odrl:use"}, "odrl:constraint": {
                  "odrl:or": {"odrl:leftOperand": {"@id": "odrl:dateTime"}, "odrl:operator": {"@id": "odrl:lt"}, "odrl:rightOperand": "2027-01-01T00:00:00Z"}}}
              }
            }
            """);
        var compacted = JsonLdCompaction.Compact(JsonLdExpansion.Expand(message), [Context]);
        Same.Json(
            Same.Parse("""
                {
                  "@context": ["https://w3id.org/dspace/2025/1/context.jsonld"],
                  "@type": "ContractRequestMessage",
                  "consumerPid": "urn:uuid:1",
                  "callbackAddress": "https://example.com/callback",
                  "https://example.com/note": "kept",
                  "offer": {
                    "@id": "urn:uuid:2", "@type": "Offer", "target": "urn:uuid:3",
                    "permission": [{"action": "use", "constraint": [{"or": [
                      {"leftOperand": "odrl:dateTime", "operator": "lt", "rightOperand": "2027-01-01T00:00:00Z"}]}]}]
                  }
                }
                """),
            compacted);
        Assert.Empty(DspSchemas.Validate("2025-1", "negotiation/contract-request-message-schema.json", Same.Element(compacted)));
    }

    [Fact]
    public void Numbers_booleans_lists_and_json_keep_their_kind()
    {
        var expanded = JsonLdExpansion.Expand(Same.Parse("""
            {"@context": {"p": "http://example.com/p", "l": {"@id": "http://example.com/l", "@container": "@list"}, "j": {"@id": "http://example.com/j", "@type": "@json"}},
             "p": [1, 2.5, true, "x", {"@value": "よい", "@language": "ja"}], "l": ["b", "a", ["c"]], "j": {"a": [1, null]}}
            """));
        Same.Json(
            Same.Parse("""
                [{"http://example.com/p": [{"@value": 1}, {"@value": 2.5}, {"@value": true}, {"@value": "x"}, {"@value": "よい", "@language": "ja"}],
                  "http://example.com/l": [{"@list": [{"@value": "b"}, {"@value": "a"}, {"@list": [{"@value": "c"}]}]}],
                  "http://example.com/j": [{"@value": {"a": [1, null]}, "@type": "@json"}]}]
                """),
            expanded);
        var compacted = JsonLdCompaction.Compact(expanded, [Context]);
        Same.Json(Same.Element(expanded), JsonLdExpansion.Expand(Same.Element(compacted)));
    }

    [Fact]
    public void What_is_not_expanded_is_refused() =>
        Assert.Equal("invalid expanded form", Assert.Throws<JsonLdException>(() => JsonLdCompaction.Compact(new JsonArray(new JsonObject { ["http://example.com/p"] = "bare" }), [Context])).Code);
}

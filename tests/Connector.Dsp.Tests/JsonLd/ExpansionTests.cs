using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Dsp.JsonLd;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests.JsonLd;

public sealed class ExpansionTests
{
    public static TheoryData<string, string> Expected()
    {
        var data = new TheoryData<string, string>();
        foreach (var expanded in Fixtures.Files("dsp-2025-1/expanded"))
            data.Add(Fixtures.Files("dsp-2025-1", "/example/").Single(path => Path.GetFileName(path) == Path.GetFileName(expanded)), expanded);
        foreach (var expanded in Fixtures.Files("dsp-authored/expanded"))
            data.Add("dsp-authored/" + Path.GetFileName(expanded), expanded);

        return data;
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void A_message_expands_as_another_implementation_expanded_it(string message, string expanded) =>
        Same.Json(Fixtures.Json(expanded), JsonLdExpansion.Expand(Fixtures.Json(message)));

    [Fact]
    public void The_offer_survives_when_an_agreement_was_read_before()
    {
        JsonLdExpansion.Expand(Fixtures.Json("dsp-2025-1/negotiation/example/contract-agreement-message-full.json"));
        var request = JsonLdExpansion.Expand(Fixtures.Json("dsp-2025-1/negotiation/example/contract-request-message.json"));
        Assert.True(((JsonObject)request[0]!).ContainsKey(JsonLdNames.Dspace2025 + "offer"));
    }

    [Fact]
    public void Every_context_of_the_bundle_can_be_read_with_all_that_it_holds()
    {
        foreach (var url in ContextBundle.Default.Urls)
            foreach (var term in Scoped(url))
            {
                JsonNode used = char.IsAsciiLetterUpper(term[0]) ? new JsonObject { ["@type"] = term } : new JsonObject { [term] = new JsonObject { ["@id"] = "urn:x", ["http://example.com/q"] = 1 } };
                var expanded = JsonLdExpansion.Expand(Same.Element(new JsonObject { ["@context"] = url, ["http://example.com/p"] = used }));
                Assert.NotEmpty((JsonObject)expanded[0]!["http://example.com/p"]![0]!);
            }
    }

    private static List<string> Scoped(string url)
    {
        using var manifest = Open("manifest.json");
        using var context = Open(manifest.RootElement.GetProperty(url).GetString()!);
        return [.. context.RootElement.GetProperty("@context").EnumerateObject().Where(term => term.Name[0] != '@' && term.Value.ValueKind == JsonValueKind.Object && term.Value.TryGetProperty("@context", out _)).Select(term => term.Name)];
    }

    private static JsonDocument Open(string file) => JsonDocument.Parse(typeof(ContextBundle).Assembly.GetManifestResourceStream(file)!);
}

using System.Text.Json.Nodes;
using Connector.Dsp.JsonLd;
using Connector.Testing.Dsp;
using CsCheck;

namespace Connector.Dsp.Tests.JsonLd;

public sealed class FuzzTests
{
    private static readonly string[] Words =
    [
        "@context", "@id", "@type", "@value", "@language", "@list", "@set", "@graph", "@index", "@reverse", "@included", "@container", "@import", "@vocab",
        "@base", "@protected", "@propagate", "@version", "@prefix", "@nest", "@none", "@json", "@direction", "@unknown", "@", "", ":", "_:", "_:b", "a", "a:", ":a",
        "a:b", "a/b", "http://example.com/", "offer", "Catalog", "Dataset", "ContractRequestMessage", "permission", "constraint", "odrl", "odrl:permission", "dspace:offer",
        "https://w3id.org/dspace/2025/1/context.jsonld", "https://w3id.org/dspace/2024/1/context.json", "https://w3id.org/edc/v0.0.1", "https://www.w3.org/ns/credentials/v2",
        "https://w3id.org/dspace/2025/1/odrl-profile.jsonld", "よい",
    ];

    private static readonly Gen<JsonNode?> Any = Node(4);

    [Fact]
    public void Any_document_is_read_or_refused_and_nothing_else() => Any.Sample(node =>
    {
        try
        {
            var expanded = JsonLdExpansion.Expand(Same.Parse(node?.ToJsonString() ?? "null"));
            JsonLdCompaction.Compact(expanded, ["https://w3id.org/dspace/2025/1/context.jsonld"]);
            JsonLdCompaction.Compact(JsonLdNames.Rename(expanded, JsonLdNames.Dspace2025, JsonLdNames.Dspace2024), ["https://w3id.org/dspace/2024/1/context.json"]);
        }
        catch (JsonLdException fault)
        {
            Assert.NotEmpty(fault.Code);
            Assert.StartsWith("/", fault.Where, StringComparison.Ordinal);
        }
    }, iter: 20_000);

    [Fact]
    public void Anything_given_as_expanded_form_is_compacted_or_refused() => Any.Sample(node =>
    {
        try
        {
            JsonLdCompaction.Compact(new JsonArray(node?.DeepClone()), ["https://w3id.org/dspace/2025/1/context.jsonld"]);
        }
        catch (JsonLdException fault)
        {
            Assert.NotEmpty(fault.Code);
        }
    }, iter: 10_000);

    [Fact]
    public void A_message_damaged_at_one_place_is_read_or_refused()
    {
        var examples = Examples.Newer.Where(path => !path.Contains("did-service", StringComparison.Ordinal)).Concat(Examples.Older).Select(Fixtures.Text).ToArray();
        Gen.Select(Choose(examples), Gen.Int[0, 10_000], Choose(Words), Choose(Words)).Sample((text, place, name, word) =>
        {
            var document = (JsonObject)JsonNode.Parse(text)!;
            var objects = Objects(document).ToArray();
            objects[place % objects.Length][name] = word;
            try
            {
                var expanded = JsonLdExpansion.Expand(Same.Element(document));
                var compacted = JsonLdCompaction.Compact(expanded, ["https://w3id.org/dspace/2025/1/context.jsonld"]);
                Assert.NotNull(JsonLdExpansion.Expand(Same.Element(compacted)));
            }
            catch (JsonLdException fault)
            {
                Assert.NotEmpty(fault.Code);
            }
        }, iter: 3_000);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.Select(member => member.Value).SelectMany(Objects).Prepend(item),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    private static Gen<string> Choose(string[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    private static Gen<JsonNode?> Node(int depth)
    {
        var leaf = Gen.Frequency(
            (6, Choose(Words).Select(word => (JsonNode?)JsonValue.Create(word))),
            (1, Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number))),
            (1, Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag))),
            (1, Gen.Const((JsonNode?)null)));
        if (depth == 0)
            return leaf;

        var below = Node(depth - 1);
        return Gen.Frequency(
            (2, leaf),
            (1, below.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
            (4, Gen.Select(Choose(Words), below).Array[0, 4].Select(members => (JsonNode?)new JsonObject(
                members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))))));
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>The published samples of the Catena-X policy profile (25.09): read, written back the same, as ODRL and as policy files.</summary>
public sealed class CatenaXSamplesTests
{
    private const string Profile = "https://w3id.org/catenax/2025/9/policy/";

    private static readonly string s_folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "fixtures", "catenax-policy", "samples"));

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(s_folder, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_read_and_written_back_the_same(string file)
    {
        var sample = Expanded(Whole(JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, file)))!.AsObject())).AsObject();
        using var json = JsonDocument.Parse(sample.ToJsonString());

        Assert.True(OdrlJson.TryRead(json.RootElement, out var policy, out var faults), string.Join('\n', faults));
        var written = JsonNode.Parse(OdrlJson.ToJson(policy))!;
        var rules = new JsonObject(sample.Where(m => !m.Key.StartsWith('@')).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        Assert.True(JsonNode.DeepEquals(rules, Expanded(written)), $"{rules}\n{written}");

        var document = new PolicyDocument("sample", ImmutableSortedDictionary<string, string>.Empty, policy);
        var wrong = new List<Fault>();
        Assert.Equal(policy, PolicyText.Read(PolicyYaml.Write(document), wrong)?.Policy);
        Assert.Empty(wrong);
        Assert.Equal(policy, PolicyJson.Read(PolicyJson.Write(document), "other", Vocabulary.BuiltIn, out var none).Policy);
        Assert.Empty(none);
    }

    [Fact]
    public void The_short_names_of_a_sample_mean_the_same_as_their_IRIs()
    {
        var text = File.ReadAllText(Path.Combine(s_folder, "usage-policy-comprehensive-sample.json"));
        using var shorts = JsonDocument.Parse(text);
        using var iris = JsonDocument.Parse(Expanded(JsonNode.Parse(text)!).ToJsonString());

        Assert.True(OdrlJson.TryRead(shorts.RootElement, out var one, out _));
        Assert.True(OdrlJson.TryRead(iris.RootElement, out var other, out _));
        Assert.Equal(one, other);
    }

    // A constraint alone is put where the profile allows it to stand.
    private static JsonObject Whole(JsonObject sample) => sample.ContainsKey("permission") ? sample : new JsonObject
    {
        ["permission"] = new JsonArray(new JsonObject { ["action"] = "use", ["constraint"] = new JsonArray(sample) }),
    };

    // Short names as IRIs, numbers as the texts that later versions of the profile and DSP write, typed values as what they hold.
    private static JsonNode Expanded(JsonNode node) => node switch
    {
        JsonObject typed when typed["@value"] is { } value && typed.ContainsKey("@type") => value.DeepClone(),
        JsonObject members => new JsonObject(members.Where(m => m.Key != "@context").Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Member(m.Key, m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(i => Expanded(i!))]),
        _ => node.DeepClone(),
    };

    private static JsonNode? Member(string key, JsonNode value) => key switch
    {
        "leftOperand" when !value.GetValue<string>().Contains(':', StringComparison.Ordinal) => Profile + value.GetValue<string>(),
        "action" when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "access" => Profile + "access",
        "rightOperand" when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        _ => Expanded(value),
    };

    private static string Here([CallerFilePath] string path = "") => path;
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Trust.Canonical;
using CsCheck;

namespace Connector.Trust.Tests.Canonical;

public sealed class JcsTests
{
    private static readonly Gen<JsonNode?> Node = Gen.Recursive<JsonNode?>((depth, node) => depth > 3
        ? Leaf
        : Gen.OneOf(
            Leaf,
            node.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(Text, node).Array[0, 4].Select(members => (JsonNode?)new JsonObject(
                members.DistinctBy(static m => m.Item1).Select(static m => KeyValuePair.Create(m.Item1, m.Item2?.DeepClone()))))));

    private static Gen<string> Text => Gen.OneOf(Gen.Char['\u0000', '\ud7ff'].Array[0, 8].Select(static c => new string(c)), Gen.Const("\ud83d\ude00"));

    private static Gen<JsonNode?> Leaf => Gen.OneOf(
        Text.Select(static s => (JsonNode?)JsonValue.Create(s)),
        Gen.Double.Where(double.IsFinite).Select(static d => (JsonNode?)JsonValue.Create(d)),
        Gen.Int.Select(static i => (JsonNode?)JsonValue.Create(i)),
        Gen.Bool.Select(static b => (JsonNode?)JsonValue.Create(b)),
        Gen.Const((JsonNode?)null));

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void The_numbers_of_RFC_8785_appendix_B_have_their_published_form(string bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(expected, Canonical(value.ToString("E16", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_example_of_RFC_8785_section_3_2_has_its_published_form()
    {
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected = """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.Equal(expected, Canonical(input));
    }

    [Fact]
    public void Members_are_sorted_by_UTF_16_units_as_in_RFC_8785_section_3_2_3()
    {
        const string input = """{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""";
        Assert.Equal("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}", Canonical(input));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("1e400")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("NaN")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{} // comment")]
    public void What_has_no_single_meaning_is_refused(string json) =>
        Assert.Throws<FormatException>(() => Jcs.Canonicalize(json));

    [Fact]
    public void Nesting_is_bounded()
    {
        var deepest = new string('[', Jcs.MaximumDepth) + new string(']', Jcs.MaximumDepth);
        Assert.Equal(deepest, Canonical(deepest));
        Assert.Throws<FormatException>(() => Jcs.Canonicalize($"[{deepest}]"));
    }

    [Fact]
    public void Length_is_bounded() =>
        Assert.Throws<FormatException>(() => Jcs.Canonicalize($"\"{new string('x', Jcs.MaximumLength)}\""));

    [Fact]
    public void Every_double_reads_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
        {
            var text = Canonical(value.ToString("E16", CultureInfo.InvariantCulture));
            return double.Parse(text, CultureInfo.InvariantCulture) == value;
        });

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form_and_means_the_same() =>
        Node.Sample(node =>
        {
            var json = node?.ToJsonString() ?? "null";
            var once = Canonical(json);
            return Canonical(once) == once && JsonNode.DeepEquals(JsonNode.Parse(once), JsonNode.Parse(once.Length > 0 ? json : ""));
        });

    [Fact]
    public void Order_of_members_and_white_space_change_nothing() =>
        Node.Sample(node =>
        {
            var turned = Turned(node);
            var indented = turned?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";
            return Canonical(node?.ToJsonString() ?? "null") == Canonical(indented);
        });

    private static JsonNode? Turned(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(static m => KeyValuePair.Create(m.Key, Turned(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Turned)]),
        _ => node?.DeepClone(),
    };

    private static string Canonical(string json) => Encoding.UTF8.GetString(Jcs.Canonicalize(json));
}

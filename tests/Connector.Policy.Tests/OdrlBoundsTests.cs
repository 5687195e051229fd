using System.Text.Json;
using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>How large a policy in ODRL JSON may be: what is just as large is read, what is larger by one is refused once, and by its own words.</summary>
public sealed class OdrlBoundsTests
{
    private const string Atom = """{"leftOperand":"odrl:count","operator":"eq","rightOperand":"1"}""";

    [Fact]
    public void A_policy_may_have_1024_constraints_and_no_more()
    {
        Assert.Empty(Read(Permissions(256, 256, 256, 256)));

        // However many are too many, one fault says so.
        Assert.Equal("constraint: there are more than 1024, or they nest deeper than 16", Assert.Single(Read(Permissions(256, 256, 256, 256, 3))));
    }

    [Fact]
    public void Logical_constraints_count_among_them()
    {
        var pairs = string.Join(',', Enumerable.Repeat($$"""{"or":[{{Atom}},{{Atom}}]}""", 171));

        Assert.Empty(Read($$"""{"permission":[{"action":"use","constraint":[{{pairs}}]},{{Permission(256)}},{{Permission(255)}}]}"""));
        Assert.Single(Read($$"""{"permission":[{"action":"use","constraint":[{{pairs}}]},{{Permission(256)}},{{Permission(256)}}]}"""));
    }

    [Fact]
    public void Constraints_nest_16_deep_and_no_deeper()
    {
        Assert.Empty(Read(Nested(16)));
        Assert.Contains("constraint: there are more than 1024, or they nest deeper than 16", Read(Nested(17)));
    }

    [Theory]
    [InlineData("permission")]
    [InlineData("prohibition")]
    [InlineData("obligation")]
    public void A_list_of_rules_has_256_and_no_more(string list)
    {
        static string Rules(string list, int count) => $$"""{"permission":[{"action":"use"}],"{{list}}":[{{string.Join(',', Enumerable.Repeat("""{"action":"delete"}""", count))}}]}""";

        Assert.DoesNotContain(Read(Rules(list, 256)), f => f.StartsWith(list, StringComparison.Ordinal));
        Assert.Contains($"{list}: has more than 256 entries", Read(Rules(list, 257)));
    }

    [Fact]
    public void A_comparison_has_1024_values_and_no_more()
    {
        static string Values(int count) => $$"""{"permission":[{"action":"use","constraint":[{"leftOperand":"odrl:count","operator":"isAnyOf","rightOperand":[{{string.Join(',', Enumerable.Range(0, count))}}]}]}]}""";

        Assert.Empty(Read(Values(1024)));
        Assert.Equal("permission[0].constraint[0].rightOperand: has too many values", Assert.Single(Read(Values(1025))));
    }

    [Fact]
    public void Members_that_say_what_a_policy_is_about_are_no_faults()
    {
        Assert.Empty(Read($$"""
            {"profile":"urn:p","target":"urn:d","assigner":"did:web:a.example","assignee":"did:web:b.example","timestamp":"2027-01-01T00:00:00Z","conflict":"prohibit",
             {{Permissions(1)[1..^1]}},"prohibition":[],"obligation":[]}
            """));
    }

    private static IEnumerable<string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        OdrlJson.TryRead(document.RootElement, out _, out var faults);
        return [.. faults.Select(f => $"{f.Path}: {f.Message}")];
    }

    private static string Permissions(params IEnumerable<int> constraints) => $$"""{"permission":[{{string.Join(',', constraints.Select(Permission))}}]}""";

    private static string Permission(int constraints) => $$"""{"action":"use","constraint":[{{string.Join(',', Enumerable.Repeat(Atom, constraints))}}]}""";

    private static string Nested(int deep) =>
        $$"""{"permission":[{"action":"use","constraint":[{{string.Concat(Enumerable.Repeat("""{"and":[""", deep))}}{{Atom}}{{string.Concat(Enumerable.Repeat("]}", deep))}}]}]}""";
}

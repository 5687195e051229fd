using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>Faults of ODRL JSON name the line and column of what is wrong, where a person wrote it over several lines.</summary>
public sealed class JsonPlacesTests
{
    private const string Broken = """
        {
          "@type": "Set", "permission": [
            { "action": "use" },
            {
              "action": "sue",
              "constraint": { "and": [
                { "leftOperand": "odrl:spatail", "operator": "eq", "rightOperand": "x" },
                { "leftOperand": "odrl:spatial", "operator": "eq" }
              ] },
              "duty": [ { "action": "電池", "actoin": 1 } ]
            }
          ],
          "予": 1, "obligashun": [],
          "odrl:a.b[0]": { "x": 1 }
        }
        """;

    [Fact]
    public void Each_fault_stands_where_what_it_names_begins_or_what_is_nearest_around_it()
    {
        PolicyJson.Read(Broken, "p", Vocabulary.BuiltIn, out var faults);

        Assert.Equal(
            [
                "permission[1].action 5:7",
                "permission[1].constraint[0].and[0].leftOperand 7:11",
                "permission[1].constraint[0].and[1] 8:9",
                "permission[1].duty[0].action 10:19",
                "permission[1].duty[0].actoin 10:35",
                "予 13:3",
                "obligashun 13:11",
                "odrl:a.b[0] 14:3",
            ],
            faults.OrderBy(f => f.Line).ThenBy(f => f.Column).Select(f => FormattableString.Invariant($"{f.Path} {f.Line}:{f.Column}")));
    }

    [Theory]
    [InlineData("[]", 1, 1)]
    [InlineData("\n\n  {}", 3, 3)]
    [InlineData("{\n \"permission\": [ {\n } ] }", 2, 18)]
    [InlineData("{\n \"permission\": \"use\" }", 2, 16)]
    [InlineData("{\n \"a\": 1,\n \"a[b\": 1, \"permission\": [] }", 2, 2)]
    [InlineData("{\n \"\\ud800\": 1 }", 1, 1)]
    [InlineData("{\n \"profile\": \"urn:p\",\n \"profiles\": 1, \"permission\": [ { \"action\": \"use\" } ] }", 3, 2)]
    [InlineData("{\n \"permission\": [ { \"action\": \"use\" } ],\n \"inheritFrom\": 1 }", 3, 2)]
    [InlineData("{\n \"permission\": [ {\n  \"action\": {\n   \"@id\": \"use\",\n   \"refinment\": []\n  } } ] }", 5, 4)]
    [InlineData("{\n \"permission\": [ }", 2, 18)]
    public void The_first_fault_of_whatever_is_sent_has_a_place(string json, int line, int column)
    {
        PolicyJson.Read(json, "p", Vocabulary.BuiltIn, out var faults);

        Assert.Equal((line, column), (faults[0].Line, faults[0].Column));
        Assert.All(faults, f => Assert.True(f is { Line: > 0, Column: > 0 }, f.ToString()));
    }

    [Fact]
    public void A_document_of_nothing_but_faults_costs_no_more_than_somebody_reads()
    {
        PolicyJson.Read($"{{{string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"a{i}\":1"))}}}", "p", Vocabulary.BuiltIn, out var faults);

        Assert.Equal(200, faults.Length);
    }
}

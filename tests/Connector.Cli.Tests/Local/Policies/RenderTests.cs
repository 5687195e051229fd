using Connector.Testing;

namespace Connector.Cli.Tests.Local.Policies;

public sealed class RenderTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public async Task The_policies_that_ship_read_as_text_that_a_person_can_sign(string language)
    {
        var run = await PolicyFolder.Run("render", "policies", "--lang", language);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Golden.Expect($"render.{language}.txt", run.Output), run.Output);
    }

    [Fact]
    public async Task What_is_wrong_in_ODRL_JSON_is_told_with_its_line_and_column()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("received.json", """
            {
              "permission": [
                { "action": "use",
                  "constraint": [ { "leftOperand": "odrl:spatail", "operator": "eq", "rightOperand": "JP" } ] }
              ]
            }
            """);

        var run = await PolicyFolder.Run("render", file, "--as", "yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {file}:4:25: permission[0].constraint[0].leftOperand: 'odrl:spatail' is not known; did you mean 'spatial'?\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_word_of_the_language_has_its_sentence()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("all.yaml", """
            apiVersion: connector/v1
            kind: Policy
            name: all-words
            permit:
              - action: distribute
                when:
                  - any: [ { country: JP }, { all: [ { lei: { not: "529900T8BM49AURSDO55" } }, { bpn: { in: [BPNL00000003AYRE, BPNL00000003AYRF] } } ] } ]
                  - oneOf: [ { participant: { notIn: [ "did:web:a.example", "did:web:b.example" ] } }, { purpose: { not: research } } ]
                  - claim: { name: iso14001, is: certified }
                  - now: { from: 2027-01-01T00:00:00Z, until: 2028-01-01T00:00:30Z }
                  - elapsed: { max: P1Y2M3DT4H }
                  - liability: cx.grossNegligence:1
                then:
                  - inform: { before: 2028-01-01T00:00:00Z }
                  - attribute
            oblige:
              - nextPolicy:
            """.Replace("- attribute", "- attribute:", StringComparison.Ordinal));

        var (english, japanese) = (await PolicyFolder.Run("render", file), await PolicyFolder.Run("render", file, "--lang", "ja"));

        Assert.Equal(("", ""), (english.Error, japanese.Error));
        Assert.Equal(Golden.Expect("render-all-words.txt", english.Output + japanese.Output), english.Output + japanese.Output);
    }
}

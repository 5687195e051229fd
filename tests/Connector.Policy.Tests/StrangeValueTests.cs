using System.Collections.Immutable;
using System.Text.Json;
using Connector.Policies;
using Connector.Policies.Diff;
using Connector.Policies.Lint;
using Connector.Policies.Render;
using Connector.Policies.Yaml;
using CsCheck;

namespace Connector.Policy.Tests;

/// <summary>Values as a hostile peer writes them: nearly right, at the ends of what can be counted, with digits and spaces of other scripts.</summary>
public sealed class StrangeValueTests
{
    private static readonly Gen<string> s_value = Gen.Frequency(
        (3, PolicyGen.Pick(
            "P30D", "P1000Y", "P365000D", "P12000M", "PT999999999H", "PT0.0000001S", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+09:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
            "2024-02-29T24:00:00Z", "2029-04-01T00:00:60Z", "2029-04-01T00:00:00+24:00", "0", "-0", "365000", "1E308", "79228162514264337593543950335", "-79228162514264337593543950335", "0.0000000000000000000000000001",
            "2029-04-01T00:00:00Z/2029-04-02T00:00:00Z", "JP", "JP/13", "ＪＰ", "did:web:a.example", "pcf-calculation", "BPNL00000000000A", "8999999999901", "active")),
        (2, PolicyGen.Pick("P", "T", "Y", "M", "D", "H", "S", "Z", "W", "-", "+", ":", ".", ",", "E", "1", "00", "99", "٣", "３", "Ⅷ", "²", "2029", "-04-01", "T00:00:00", "+09:00", "\n", " ", "\u3000", "\u00a0", "\0", "\u200b", "İ", "ß", "\ud83d\ude00", "/", "*")
            .Array[1, 6].Select(string.Concat)));

    private static readonly Gen<Policies.Policy?> s_read = Gen.Select(PolicyGen.Pick([.. Operands.All]), Gen.Int[0, 99], s_value.Array[1, 3], Gen.Bool, (operand, op, values, forbidden) =>
    {
        var operators = operand.Operators.Order().ToArray();
        var by = operators[op % operators.Length];
        var rule = new[] { new { action = "use", constraint = new[] { new { leftOperand = operand.Iri, @operator = JsonNamingPolicy.CamelCase.ConvertName(by.ToString()), rightOperand = (object)(values.Length == 1 ? values[0] : values) } } } };
        var json = JsonSerializer.SerializeToElement(forbidden ? new Dictionary<string, object> { ["permission"] = new[] { new { action = "use" } }, ["prohibition"] = rule } : new Dictionary<string, object> { ["permission"] = rule });
        var read = OdrlJson.TryRead(json, out var policy, out var faults);
        Assert.Equal(read, faults.IsEmpty);
        return read ? policy : null;
    });

    [Fact]
    public void Whatever_a_value_says_it_is_refused_or_used()
    {
        var (read, refused) = (0, 0);
        Gen.Select(s_read, s_read, PolicyGen.Facts).Sample((policy, other, facts) =>
        {
            if (policy is null)
            {
                Interlocked.Increment(ref refused);
                return;
            }

            Interlocked.Increment(ref read);
            var compiled = CompiledPolicy.Compile(policy);
            foreach (var at in Enum.GetValues<EnforcementPoint>())
            {
                Assert.Equal(NaiveEvaluator.Permits(policy, at, facts), compiled.Permits(at, facts));
                Assert.NotNull(compiled.Evaluate(at, facts).ToJson());
            }

            var document = new PolicyDocument("p", ImmutableSortedDictionary<string, string>.Empty, policy);
            Assert.All(PolicyRendering.Languages, language => Assert.NotEmpty(PolicyRendering.Of(document, language)));
            var text = PolicyYaml.Write(document);
            var faults = new List<Fault>();
            Assert.Equal(policy, PolicyText.Read(text, faults)?.Policy);
            var root = Assert.IsType<YamlMapping>(Assert.Single(YamlTree.Read(text, "p.yaml", faults)).Root);
            Assert.Empty(faults);
            Assert.False(PolicyLint.Check(new PolicySource(document, root, "p.yaml"), facts.Now).IsDefault);
            Assert.NotNull(PolicyDiff.Between(policy, other ?? policy));
        }, iter: Effort.Of(5_000));
        Assert.True(read > Effort.Of(500) && refused > Effort.Of(500), $"{read} were read and {refused} refused");
    }

    [Theory]
    [InlineData("eq,lteq")]
    [InlineData("lt , gt")]
    [InlineData(" eq")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("99")]
    public void Only_a_word_names_an_operator(string name)
    {
        var json = JsonSerializer.SerializeToElement(new { permission = new[] { new { action = "use", constraint = new[] { new { leftOperand = "count", @operator = name, rightOperand = 1 } } } } });

        Assert.False(OdrlJson.TryRead(json, out _, out var faults));
        Assert.Equal("permission[0].constraint[0].operator", Assert.Single(faults).Path);
    }
}

using Connector.Policies;

namespace Connector.Policy.Tests;

public sealed class VocabularyTests
{
    private const string Head = "apiVersion: connector/v1\nkind: Vocabulary\nname: mill\n";

    public static Vocabulary Mill { get; } = Vocabulary.BuiltIn.With(Read(Head + """
        operands:
          - { word: supplierTier, claim: tier, type: number, operators: [eq, lteq] }
          - { word: auditedAt, claim: audit, type: instant, iri: urn:mill:auditedAt }
          - { word: site, claim: site, enforced: [catalog, use] }
        """, []).Operands);

    [Fact]
    public void Operands_of_a_file_have_their_type_operators_and_points()
    {
        var tier = Mill.ByWord("supplierTier")!;

        Assert.Equal((OperandType.Number, FactSource.Claim, "tier"), (tier.Type, tier.Source, tier.ClaimName));
        Assert.Equal([ConstraintOperator.Eq, ConstraintOperator.Lteq], tier.Operators.Order());
        Assert.Equal(Enum.GetValues<EnforcementPoint>(), tier.Points.Order());
        Assert.Equal("urn:mill:auditedAt", Mill.ByWord("auditedAt")!.Iri);
        Assert.Same(Mill.ByWord("auditedAt"), Mill.ByIri("urn:mill:auditedAt"));
        Assert.Equal([EnforcementPoint.Catalog, EnforcementPoint.Use], Mill.ByWord("site")!.Points.Order());
        Assert.Contains("site", Mill.Words);
        Assert.Null(Vocabulary.BuiltIn.ByWord("site"));
    }

    [Theory]
    [InlineData("- { word: country, claim: c }", "taken already")]
    [InlineData("- { word: any, claim: c }", "taken already")]
    [InlineData("- { word: a, claim: c }\n  - { word: a, claim: d }", "taken already")]
    [InlineData("- { word: a, claim: c, iri: urn:x }\n  - { word: b, claim: d, iri: urn:x }", "taken already")]
    [InlineData("- { word: a, claim: c, iri: 'urn:connector:policy:lei' }", "taken already")]
    [InlineData("- { word: a, claim: c, type: numbr }", "did you mean 'number'?")]
    [InlineData("- { word: a, claim: c, operators: [ltq] }", "known here")]
    [InlineData("- { word: a, claim: c, type: instant, operators: [eq] }", "known here")]
    [InlineData("- { word: a, claim: c, enforced: [catalogue] }", "did you mean 'catalog'?")]
    [InlineData("- { word: a }", "claim")]
    [InlineData("- { claim: a }", "word")]
    [InlineData("- { word: a, claim: c, colour: red }", "colour")]
    [InlineData("[]", "1 to 256")]
    public void What_is_wrong_in_a_vocabulary_file_is_named(string operands, string named)
    {
        var faults = new List<Fault>();
        Read($"{Head}operands:\n  {operands}\n", faults);

        Assert.Contains(named, string.Join('\n', faults), StringComparison.Ordinal);
        Assert.All(faults, f => Assert.True(f.Line > 0, f.ToString()));
    }

    [Fact]
    public void A_word_cannot_be_added_twice()
    {
        Assert.Throws<ArgumentException>(() => Mill.With([Mill.ByWord("site")! with { Iri = "urn:other" }]));
        Assert.Throws<ArgumentException>(() => Mill.With([Mill.ByWord("site")! with { Word = "other" }]));
        Assert.Throws<ArgumentException>(() => Vocabulary.BuiltIn.With([Operands.ByWord("lei")!]));
    }

    [Fact]
    public void Every_operand_has_a_word_an_iri_operators_and_a_source()
    {
        Assert.Equal(Operands.All.Count, Operands.All.Select(o => o.Word).Distinct().Count());
        foreach (var operand in Operands.All)
        {
            Assert.Same(operand, Operands.ByIri(operand.Iri));
            Assert.Same(operand, Operands.ByWord(operand.Word));
            Assert.NotEmpty(operand.Operators);
            Assert.Equal(operand.Points.Count == 0, operand.Source == FactSource.Contract);
            Assert.Equal(operand.ClaimName is not null, operand.Source == FactSource.Claim);
        }
    }

    [Theory]
    [InlineData("dateTime")]
    [InlineData("odrl:spatial")]
    [InlineData("cx-policy:DataUsageEndDate")]
    [InlineData("DataUsageEndDurationDays")]
    [InlineData("http://www.w3.org/ns/odrl/2/recipient")]
    [InlineData("https://w3id.org/catenax/2025/9/policy/UsageRestriction")]
    public void Operands_are_known_by_iri_prefix_and_short_name(string name) => Assert.NotNull(Vocabulary.BuiltIn.ByIri(name));

    [Fact]
    public void A_policy_of_an_unknown_operand_is_not_compiled()
    {
        var policy = new Policies.Policy { Permissions = [new Permission("use", [new AtomicConstraint("urn:x", ConstraintOperator.Eq, ["a"])], [])] };

        Assert.Throws<ArgumentException>(() => CompiledPolicy.Compile(policy));
        Assert.Throws<ArgumentException>(() => PolicyYaml.Write(new PolicyDocument("p", System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, policy)));
    }

    private static VocabularyDocument Read(string text, ICollection<Fault> faults)
    {
        var fields = PolicyText.Open(text, faults)!;
        var document = VocabularyYaml.Read(fields);
        fields.Close();
        return document;
    }
}

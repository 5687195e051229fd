using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>Sentences of SEMANTICS.md on values and purposes.</summary>
public sealed class SemanticsTestsOfValues
{
    [Fact]
    public void S24_texts_are_compared_as_they_stand()
    {
        Assert.True(Allows("{ membership: active }", Nothing.Claims("membership", "active")));
        Assert.False(Allows("{ membership: active }", Nothing.Claims("membership", "Active")));
        Assert.True(Allows("{ participant: { in: [did:web:b.example, did:web:a.example] } }", Nothing));
        Assert.False(Allows("{ participant: did:web:b.example }", Nothing));
    }

    [Theory]
    [InlineData("is", "1", "1.0", true)]
    [InlineData("not", "1", "1.0", false)]
    [InlineData("max", "10", "9", true)]
    [InlineData("max", "10", "10", true)]
    [InlineData("max", "10", "11", false)]
    [InlineData("less", "10", "10", false)]
    [InlineData("less", "10", "9", true)]
    [InlineData("min", "10", "10", true)]
    [InlineData("min", "10", "9", false)]
    [InlineData("more", "10", "10", false)]
    [InlineData("more", "10", "10.5", true)]
    [InlineData("in", "10", "10", true)]
    [InlineData("notIn", "10", "10", false)]
    public void S25_numbers_are_compared_by_size(string word, string value, string count, bool holds)
    {
        Assert.Equal(holds, Allows($"{{ count: {{ {word}: \"{value}\" }} }}", Nothing.Observed("count", count)));
        Assert.Equal(holds, Strikes($"{{ count: {{ {word}: \"{value}\" }} }}", Nothing.Observed("count", count)));
    }

    [Theory]
    [InlineData("in: [iso, iatf]", true)]
    [InlineData("is: iatf", true)]
    [InlineData("in: [other]", false)]
    [InlineData("allOf: [iatf, tisax]", true)]
    [InlineData("allOf: [iatf, iso]", false)]
    public void S26_of_several_values_one_must_match_or_each_be_there(string comparison, bool holds)
    {
        Assert.Equal(holds, Allows($"{{ claim: {{ name: certificate, {comparison} }} }}", Nothing.Claims("certificate", "tisax", "iatf")));
        Assert.Equal(holds, Strikes($"{{ claim: {{ name: certificate, {comparison} }} }}", Nothing.Claims("certificate", "tisax", "iatf")));
    }

    [Theory]
    [InlineData("not: JP", "JP", "CN", false, true)]
    [InlineData("notIn: [JP]", "JP", "CN", false, true)]
    [InlineData("notIn: [JP, CN]", "JP", "CN", false, false)]
    [InlineData("notIn: [US]", "JP", "CN", true, true)]
    public void S27_not_wants_no_value_to_match_and_forbids_by_any_that_does_not(string comparison, string one, string other, bool allows, bool strikes)
    {
        Assert.Equal(allows, Allows($"{{ country: {{ {comparison} }} }}", Nothing.Claims("country", one, other)));
        Assert.Equal(strikes, Strikes($"{{ country: {{ {comparison} }} }}", Nothing.Claims("country", one, other)));
    }

    [Theory]
    [InlineData("within: EU", "DE", true)]
    [InlineData("within: EEA", "DE", true)]
    [InlineData("within: EEA", "NO", true)]
    [InlineData("within: EU", "NO", false)]
    [InlineData("within: EU", "JP", false)]
    [InlineData("is: EU", "DE", false)]
    [InlineData("in: [EU]", "DE", false)]
    [InlineData("notIn: [EU]", "DE", true)]
    [InlineData("includes: DE", "EU", true)]
    [InlineData("includes: EU", "DE", false)]
    public void S28_a_region_holds_its_countries(string comparison, string country, bool holds)
    {
        Assert.Equal(holds, Allows($"{{ dataLocation: {{ {comparison} }} }}", Nothing.Claims("dataLocation", country)));
        Assert.Equal(holds, Allows($"{{ spatial: {{ {comparison} }} }}", Nothing.Observed("spatial", country)));
    }

    [Theory]
    [InlineData("is: regulatory-reporting", "pcf-calculation", true)]
    [InlineData("in: [regulatory-reporting]", "pcf-calculation", true)]
    [InlineData("is: pcf-calculation", "regulatory-reporting", false)]
    [InlineData("noneOf: [regulatory-reporting]", "pcf-calculation", false)]
    [InlineData("noneOf: [pcf-calculation]", "regulatory-reporting", true)]
    [InlineData("is: marketing", "marketing", true)]
    public void S29_a_purpose_lies_beneath_a_wider_one(string comparison, string purpose, bool holds)
    {
        Assert.Equal(holds, Allows($"{{ purpose: {{ {comparison} }} }}", Nothing.For(purpose)));
        Assert.Equal(holds, Strikes($"{{ purpose: {{ {comparison} }} }}", Nothing.For(purpose)));
    }

    [Fact]
    public void S30_a_permission_must_allow_each_declared_purpose()
    {
        Assert.False(Allows("{ purpose: pcf-calculation }", Nothing.For("pcf-calculation", "ai-training")));
        Assert.False(Allows("{ purpose: pcf-calculation }", Nothing.For("ai-training", "pcf-calculation")));
        Assert.True(Allows("{ purpose: { in: [pcf-calculation, marketing] } }", Nothing.For("pcf-calculation", "marketing")));
        Assert.False(Allows("{ oneOf: [ { purpose: pcf-calculation }, { participant: did:web:b.example } ] }", Nothing.For("pcf-calculation", "ai-training")));
        Assert.True(Allows("{ purpose: { allOf: [pcf-calculation, marketing] } }", Nothing.For("pcf-calculation", "marketing")));
        Assert.False(Allows("{ purpose: { allOf: [pcf-calculation, marketing] } }", Nothing.For("pcf-calculation")));
    }

    [Theory]
    [InlineData("purpose: ai-training")]
    [InlineData("purpose: { not: pcf-calculation }")]
    [InlineData("all: [ { purpose: ai-training }, { purpose: { not: pcf-calculation } } ]")]
    public void S31_a_prohibition_strikes_by_any_declared_purpose(string condition)
    {
        Assert.True(Strikes($"{{ {condition} }}", Nothing.For("pcf-calculation", "ai-training")));
        Assert.True(Strikes($"{{ {condition} }}", Nothing.For("ai-training", "pcf-calculation")));
        Assert.False(Strikes($"{{ {condition} }}", Nothing.For("pcf-calculation")));
    }

    [Fact]
    public void S32_ai_training_is_permitted_by_its_own_name_alone()
    {
        Assert.Contains(Purposes.AiTraining, Purposes.All.Known);
        Assert.Equal([Purposes.AiTraining], Purposes.All.Known.Where(p => Allows($"{{ purpose: {p} }}", Nothing.For("ai-training"))));
    }

    [Fact]
    public void S33_a_purpose_decides_nothing_in_the_catalog()
    {
        Assert.True(Allows("{ purpose: pcf-calculation }", Nothing, EnforcementPoint.Catalog));
        Assert.False(Strikes("{ purpose: ai-training }", Nothing.For("ai-training"), EnforcementPoint.Catalog));
    }
}

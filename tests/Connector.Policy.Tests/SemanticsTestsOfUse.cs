using Connector.Policies;
using static Connector.Policy.Tests.Asked;

namespace Connector.Policy.Tests;

/// <summary>Sentences of SEMANTICS.md on what is observed of one use.</summary>
public sealed class SemanticsTestsOfUse
{
    [Theory]
    [InlineData("3", EnforcementPoint.Transfer, true)]
    [InlineData("4", EnforcementPoint.Transfer, false)]
    [InlineData("4", EnforcementPoint.Use, false)]
    [InlineData("4", EnforcementPoint.During, true)]
    [InlineData("4", EnforcementPoint.Negotiation, true)]
    [InlineData("4", EnforcementPoint.Catalog, true)]
    public void S57_count_is_the_number_of_this_use_and_is_asked_where_a_use_begins(string count, EnforcementPoint at, bool permitted) =>
        Assert.Equal(permitted, Allows("{ count: { max: 3 } }", Nothing.Observed("count", count), at));

    [Theory]
    [InlineData("recipient", EnforcementPoint.Transfer)]
    [InlineData("spatial", EnforcementPoint.Transfer)]
    [InlineData("channel", EnforcementPoint.Transfer)]
    [InlineData("version", EnforcementPoint.Transfer)]
    [InlineData("fileFormat", EnforcementPoint.Transfer)]
    [InlineData("system", EnforcementPoint.Use)]
    [InlineData("language", EnforcementPoint.Use)]
    [InlineData("percentage", EnforcementPoint.Use)]
    public void S58_each_fact_of_a_use_is_asked_from_its_point_on_and_refuses_nobody_before(string word, EnforcementPoint from)
    {
        foreach (var at in Enum.GetValues<EnforcementPoint>())
        {
            Assert.Equal(at < from, Allows($"{{ {word}: 7 }}", Nothing.Observed(word, "8"), at));
            Assert.True(Allows($"{{ {word}: 7 }}", Nothing.Observed(word, "7"), at));
        }
    }

    [Theory]
    [InlineData("count")]
    [InlineData("recipient")]
    [InlineData("spatial")]
    [InlineData("channel")]
    [InlineData("version")]
    [InlineData("fileFormat")]
    [InlineData("system")]
    [InlineData("language")]
    [InlineData("percentage")]
    public void S59_what_nobody_observes_of_a_use_is_not_known(string word)
    {
        Assert.Equal("policy-not-known", Evaluate($"permit: [ {{ when: [ {{ {word}: 7 }} ] }} ]", Nothing, EnforcementPoint.Use).ReasonCode);
        Assert.True(Strikes($"{{ {word}: 7 }}", Nothing, EnforcementPoint.Use));
    }
}

using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Policy.Tests;

public sealed class BrokenPolicyTests
{
    public static TheoryData<string> Broken => [.. BrokenPolicies.All];

    [Fact]
    public void There_are_at_least_three_hundred() => Assert.True(Broken.Count >= 300, $"{Broken.Count}");

    [Theory]
    [MemberData(nameof(Broken))]
    public void Every_broken_policy_is_refused_with_the_place_what_was_found_and_how_to_mend_it(string rule)
    {
        var faults = new List<Fault>();
        foreach (var document in YamlTree.Read(BrokenPolicies.File(rule), "policy.yaml", faults))
        {
            var fields = new Fields(Assert.IsType<YamlMapping>(document.Root), "", "policy.yaml", faults);
            fields.Text("apiVersion");
            fields.Text("kind");
            PolicyYaml.Read(fields);
            fields.Close();
        }

        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            Assert.Equal("policy.yaml", fault.File);
            Assert.True(fault is { Line: > 0, Column: > 0, Message.Length: > 0, Mend.Length: > 0 }, fault.ToString());
        });
    }
}

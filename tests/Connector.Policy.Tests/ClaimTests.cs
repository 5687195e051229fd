using System.Collections.Frozen;
using System.Globalization;
using Connector.Policies;

namespace Connector.Policy.Tests;

public sealed class ClaimTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Each_of_many_claims_is_found_by_its_name_and_no_other(int count)
    {
        var facts = new Facts
        {
            ParticipantId = "did:web:a.example",
            Now = DateTimeOffset.UnixEpoch,
            Claims = Enumerable.Range(0, count).ToFrozenDictionary(Name, i => new Claim([Name(i)], "test")),
        };
        Assert.All(Enumerable.Range(0, count), i => Assert.True(Asks(i, Name(i)).Permits(EnforcementPoint.Catalog, facts)));
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal("policy-denied", Asks(i, Name(i + 1)).Evaluate(EnforcementPoint.Catalog, facts).ReasonCode));
        Assert.All(Enumerable.Range(count, 100), i => Assert.Equal("policy-not-known", Asks(i, Name(i)).Evaluate(EnforcementPoint.Catalog, facts).ReasonCode));
    }

    [Fact]
    public void Other_claims_replace_those_that_were_known()
    {
        var facts = new Facts { ParticipantId = "did:web:a.example", Now = DateTimeOffset.UnixEpoch, Claims = new Dictionary<string, Claim> { [Name(1)] = new(["old"], "test") } };
        var later = facts with { Claims = new Dictionary<string, Claim> { [Name(1)] = new(["new"], "test") } };
        Assert.True(Asks(1, "old").Permits(EnforcementPoint.Catalog, facts));
        Assert.False(Asks(1, "old").Permits(EnforcementPoint.Catalog, later));
        Assert.True(Asks(1, "new").Permits(EnforcementPoint.Catalog, later));
    }

    private static CompiledPolicy Asks(int claim, string value) => CompiledPolicy.Compile(new Policies.Policy
    {
        Permissions = [new Permission("use", [new AtomicConstraint(Operands.ClaimPrefix + Name(claim), ConstraintOperator.Eq, [value])], [])],
    });

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"claim{i}");
}

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

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5000)]
    public void A_claim_of_any_length_is_compared_to_its_last_letter(int length)
    {
        var (name, value) = (new string('n', length), new string('v', length));
        var facts = Stating(name, value);
        Assert.True(Wants(new string('n', length), new string('v', length)).Permits(EnforcementPoint.Catalog, facts));
        Assert.False(Wants(name, value[..^1] + 'w').Permits(EnforcementPoint.Catalog, facts));
        Assert.False(Wants(name, value + 'v').Permits(EnforcementPoint.Catalog, facts));
        Assert.False(Wants(name[..^1] + 'm', value).Permits(EnforcementPoint.Catalog, facts));
    }

    [Fact]
    public void Texts_of_one_hash_are_still_told_apart()
    {
        var (one, other) = OfOneHash();
        Assert.True(Wants("claim", one).Permits(EnforcementPoint.Catalog, Stating("claim", one)));
        Assert.False(Wants("claim", one).Permits(EnforcementPoint.Catalog, Stating("claim", other)));
        Assert.False(Wants(one, "value").Permits(EnforcementPoint.Catalog, Stating(other, "value")));
    }

    [Fact]
    public void Other_claims_replace_those_that_were_known()
    {
        var facts = Stating(Name(1), "old");
        var later = facts with { Claims = new Dictionary<string, Claim> { [Name(1)] = new(["new"], "test") } };
        Assert.True(Asks(1, "old").Permits(EnforcementPoint.Catalog, facts));
        Assert.False(Asks(1, "old").Permits(EnforcementPoint.Catalog, later));
        Assert.True(Asks(1, "new").Permits(EnforcementPoint.Catalog, later));
    }

    // Hashes are other ones in every process; of some 80 000 texts two have the same.
    private static (string One, string Other) OfOneHash()
    {
        var met = new Dictionary<int, string>();
        for (var i = 0; ; i++)
        {
            if (!met.TryAdd(Name(i).GetHashCode(StringComparison.Ordinal), Name(i)))
            {
                return (met[Name(i).GetHashCode(StringComparison.Ordinal)], Name(i));
            }
        }
    }

    private static Facts Stating(string name, string value) =>
        new() { ParticipantId = "did:web:a.example", Now = DateTimeOffset.UnixEpoch, Claims = new Dictionary<string, Claim> { [name] = new([value], "test") } };

    private static CompiledPolicy Asks(int claim, string value) => Wants(Name(claim), value);

    private static CompiledPolicy Wants(string claim, string value) => CompiledPolicy.Compile(new Policies.Policy
    {
        Permissions = [new Permission("use", [new AtomicConstraint(Operands.ClaimPrefix + claim, ConstraintOperator.Eq, [value])], [])],
    });

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"claim{i}");
}

using System.Collections.Immutable;
using System.Globalization;
using Connector.Policies;

namespace Connector.Policy.Benchmarks;

/// <summary>Policies of many constraints, each on a claim of its own, one of three values in each.</summary>
internal static class Cases
{
    public static Policies.Policy Policy(int constraints, string wanted) => new()
    {
        Permissions =
        [
            new Permission("use", [.. Enumerable.Range(0, constraints).Select(i => new AtomicConstraint(Operands.ClaimPrefix + Name(i), ConstraintOperator.IsAnyOf, ["first", "second", wanted]))], []),
        ],
    };

    /// <summary>Claims that meet every constraint, but for the last, which has the given value; held as those of peers are.</summary>
    public static Facts Facts(int claims, string last) => new()
    {
        ParticipantId = "did:web:a.example",
        Now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Claims = Enumerable.Range(0, claims).ToImmutableDictionary(Name, i => new Claim([i == claims - 1 ? last : "active"], "benchmark")),
    };

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"claim{i}");
}

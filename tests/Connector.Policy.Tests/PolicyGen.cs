using System.Collections.Immutable;
using Connector.Policies;
using CsCheck;

namespace Connector.Policy.Tests;

/// <summary>Random policies and facts over few enough values that they often meet.</summary>
internal static class PolicyGen
{
    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Constraint> s_atom = Gen.OneOf<Constraint>(
        Texts("membership", "active", "none"),
        Texts("corporateNumber", "7999999999902", "8999999999901"),
        Texts("purpose", "pcf-calculation", "ai-training", "regulatory-reporting"),
        Gen.Select(Pick(ConstraintOperator.Lt, ConstraintOperator.Lteq, ConstraintOperator.Gt, ConstraintOperator.Gteq), Gen.Int[0, 20],
            (op, day) => (Constraint)new AtomicConstraint(Operands.DateTime, op, [s_start.AddDays(day).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)])),
        Gen.Int[1, 20].Select(days => (Constraint)new AtomicConstraint(Operands.ElapsedTime, ConstraintOperator.Lteq, [$"P{days}D"])));

    public static readonly Gen<Constraint> Constraint = Gen.Frequency(
        (4, s_atom),
        (1, Gen.Select(Gen.Enum<LogicalOperator>(), s_atom.Array[1, 3], (op, operands) => (Constraint)new LogicalConstraint(op, [.. operands]))));

    public static readonly Gen<Policies.Policy> Policy = Gen.Select(
        Constraint.Array[0, 3].Array[1, 2], Constraint.Array[1, 2].Array[0, 2],
        (permits, forbids) => new Policies.Policy
        {
            Permissions = [.. permits.Select(c => new Permission("use", [.. c], []))],
            Prohibitions = [.. forbids.Select(c => new Prohibition("use", [.. c]))],
        });

    public static readonly Gen<Facts> Facts = Gen.Select(
        Pick("active", "none", ""), Pick("7999999999902", "8999999999901", ""),
        Pick("pcf-calculation", "ai-training", "regulatory-reporting", ""), Gen.Int[0, 480], Gen.Int[-1, 20],
        (membership, number, purpose, hour, signed) => new Facts
        {
            ParticipantId = "did:web:a.example",
            Now = s_start.AddHours(hour),
            AgreementSignedAt = signed < 0 ? null : s_start.AddDays(signed),
            Purposes = purpose.Length == 0 ? [] : [purpose],
            Claims = new[] { ("membership", membership), ("corporateNumber", number) }.Where(c => c.Item2.Length > 0)
                .ToImmutableDictionary(c => c.Item1, c => new Claim([c.Item2], "test")),
        });

    private static Gen<Constraint> Texts(string word, params string[] values) => Gen.Select(
        Pick(ConstraintOperator.Eq, ConstraintOperator.Neq, ConstraintOperator.IsAnyOf, ConstraintOperator.IsNoneOf), Pick(values).Array[1, 2],
        (op, chosen) => (Constraint)new AtomicConstraint(Operands.ByWord(word)!.Iri, op, op is ConstraintOperator.Eq or ConstraintOperator.Neq ? [chosen[0]] : [.. chosen.Distinct()]));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}

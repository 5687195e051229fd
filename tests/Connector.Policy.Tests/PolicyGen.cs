using System.Collections.Immutable;
using System.Globalization;
using Connector.Policies;
using CsCheck;
using static Connector.Policies.ConstraintOperator;

namespace Connector.Policy.Tests;

/// <summary>Random policies and facts over few enough values that they often meet.</summary>
internal static class PolicyGen
{
    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_purposes = ["pcf-calculation", "ai-training", "regulatory-reporting", "marketing"];

    private static readonly Gen<Constraint> s_atom = Gen.OneOf(
        Texts("membership", "active", "none"),
        Texts("corporateNumber", "7999999999902", "8999999999901"),
        Texts("purpose", s_purposes),
        Texts("purpose", s_purposes),
        Texts("country", "JP", "DE", "EU", "EEA"),
        Texts("participant", "did:web:a.example", "did:web:b.example"),
        One("now", Gen.Int[0, 20].Select(day => s_start.AddDays(day).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)), Lt, Lteq, Gt, Gteq),
        One("elapsed", Gen.Int[1, 20].Select(days => $"P{days}D"), Eq, Lt, Lteq),
        One("delay", Gen.Int[1, 20].Select(days => $"P{days}D"), Eq, Gt, Gteq),
        One("interval", Gen.Int[1, 48].Select(hours => $"PT{hours}H"), Eq, Gt, Gteq),
        One("dataUsageEndDurationDays", Gen.Int[1, 20].Select(days => days.ToString(CultureInfo.InvariantCulture)), Eq),
        One("count", Gen.Int[0, 4].Select(n => n.ToString(CultureInfo.InvariantCulture)), Eq, Neq, Lt, Lteq, Gt, Gteq, IsAnyOf, IsNoneOf),
        One("contractReference", Pick("c-1", "c-2"), Eq, IsAllOf));

    public static readonly Gen<Constraint> Constraint = Nested(2);

    public static readonly Gen<Duty> Duty = Duties(1);

    public static readonly Gen<Policies.Policy> Policy = Gen.Select(
        Permission().Array[1, 2], Prohibition().Array[0, 2], Duty.Array[0, 1], Pick("urn:profile:a", "urn:profile:b").Array[0, 2],
        (permits, forbids, obliges, profiles) => new Policies.Policy { Permissions = [.. permits], Prohibitions = [.. forbids], Obligations = [.. obliges], Profiles = [.. profiles] });

    public static readonly Gen<Facts> Facts = Gen.Select(
        Known("active", "none"), Known("7999999999902", "8999999999901"), Known("JP", "DE", "EU"), Known("0", "1", "2", "3", "many"),
        Gen.Select(Pick(s_purposes).Array[0, 3], Gen.Bool, Gen.Bool), Gen.Select(Gen.Int[0, 480], Gen.Int[-1, 20], Gen.Int[-1, 480]), Pick("use", "print", "transfer", "give", "use alone"),
        (membership, number, country, count, stated, times, action) => new Facts
        {
            ParticipantId = stated.Item2 ? "did:web:a.example" : "did:web:c.example",
            Now = s_start.AddHours(times.Item1),
            AgreementSignedAt = times.Item2 < 0 ? null : s_start.AddDays(times.Item2),
            LastUsedAt = times.Item3 < 0 ? null : s_start.AddHours(times.Item3),
            Purposes = [.. stated.Item1.Distinct()],
            Claims = Claims(("membership", membership), ("corporateNumber", number), ("country", country)),
            Observed = Claims(("count", count)),
            Fulfilled = stated.Item3 ? ["obtainConsent"] : [],
            Action = action == "use alone" ? "use" : action,
            TimeAlone = action == "use alone",
        });

    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<Constraint> Nested(int depth) => depth == 0 ? s_atom : Gen.Frequency(
        (4, s_atom),
        (1, Gen.Select(Gen.Enum<LogicalOperator>(), Nested(depth - 1).Array[1, 3], (op, operands) => (Constraint)new LogicalConstraint(op, [.. operands]))));

    private static Gen<Permission> Permission() => Gen.Select(Pick("use", "use", "use", "print", "transfer"), Constraint.Array[0, 3], Duty.Array[0, 2], Constraint.Array[0, 1],
        (action, constraints, duties, refinements) => new Permission(action, [.. constraints], [.. duties]) { Refinements = [.. refinements] });

    private static Gen<Prohibition> Prohibition() => Gen.Select(Pick("use", "use", "print", "transfer"), Constraint.Array[0, 2], Duty.Array[0, 1], Constraint.Array[0, 1],
        (action, constraints, remedies, refinements) => new Prohibition(action, [.. constraints]) { Remedies = [.. remedies], Refinements = [.. refinements] });

    private static Gen<Duty> Duties(int depth) => Gen.Select(
        Pick("delete", "obtainConsent", "inform", "use"), Gen.OneOf(One("elapsed", Pick("P1D", "P2M"), Lteq), One("event", Pick("agreementEnd", "revocation"), Gt), s_atom).Array[0, 2],
        depth == 0 ? Gen.Const(Array.Empty<Duty>()) : Duties(depth - 1).Array[0, 1], s_atom.Array[0, 1],
        (action, constraints, consequences, refinements) => new Duty(action, [.. constraints]) { Consequences = [.. consequences], Refinements = [.. refinements] });

    private static Gen<Constraint> Texts(string word, params string[] values) => Gen.Select(Pick(Eq, Neq, IsAnyOf, IsNoneOf, IsAllOf, IsA, IsPartOf, HasPart), Pick(values).Array[1, 2],
        (op, chosen) => (Constraint)new AtomicConstraint(Operands.ByWord(word)!.Iri, op, op is IsAnyOf or IsNoneOf or IsAllOf ? [.. chosen.Distinct()] : [chosen[0]]));

    private static Gen<Constraint> One(string word, Gen<string> value, params ConstraintOperator[] operators) =>
        Gen.Select(Pick(operators), value, (op, text) => (Constraint)new AtomicConstraint(Operands.ByWord(word)!.Iri, op, [text]));

    private static Gen<string[]> Known(params string[] values) => Gen.Frequency((1, Gen.Const(Array.Empty<string>())), (4, Pick(values).Array[1]), (1, Pick(values).Array[1, 2]));

    private static ImmutableDictionary<string, Claim> Claims(params (string Name, string[] Values)[] claims) =>
        claims.Where(c => c.Values.Length > 0).ToImmutableDictionary(c => c.Name, c => new Claim([.. c.Values], "test"));
}

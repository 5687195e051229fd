using System.Collections.Immutable;
using System.Globalization;
using Connector.Policies;
using CsCheck;
using static Connector.Policies.ConstraintOperator;

namespace Connector.Policy.Tests;

/// <summary>Random policies and facts over every operand there is, with few enough values that they often meet.</summary>
internal static class PolicyGen
{
    /// <summary>Operands as operators add them, of each type, of which three read one claim, and one is enforced at some points alone.</summary>
    public static readonly Vocabulary Vocabulary = Vocabulary.BuiltIn.With(
        [Added("supplierTier", "percentage", "tier"), Added("lowestTier", "percentage", "tier"), Added("tierName", "lei", "tier"), Added("auditedAt", "now", "audit"), Added("site", "lei", "site") with { Points = Operands.ByWord("count")!.Points }]);

    private const string OddText = "a: \"b\" # c,\n'd' \\ 電池";

    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_purposes = ["pcf-calculation", "ai-training", "regulatory-reporting", "marketing"];

    private static readonly Operand[] s_builtIn = [.. Operands.All, Operands.Claim("iso14001")];

    // Most of what a policy says is about few things; what binds by contract alone says little.
    private static readonly string[] s_often = ["membership", "corporateNumber", "purpose", "purpose", "country", "participant", "now", "elapsed", "delay", "interval", "dataUsageEndDurationDays", "count"];

    private static readonly Gen<DateTimeOffset> s_instant = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 20], Gen.Int[-5, 9], (day, zone) => s_start.AddDays(day).ToOffset(TimeSpan.FromHours(zone)))),
        (1, Pick("2028-02-28T23:59:59.9999999Z", "2028-02-29T00:00:00Z", "2028-03-01T08:59:59+09:00", "2029-03-30T12:00:00Z").Select(Instant)));

    private static readonly Gen<string> s_span = Gen.OneOf(
        Gen.Int[1, 20].Select(days => $"P{days}D"), Gen.Int[1, 48].Select(hours => $"PT{hours}H"), Pick("P1M", "P2M", "P1Y", "P1M1D", "P28D", "P29D", "P30D", "P31D", "P59D", "P61D", "P365D", "P366D", "PT0.5S"));

    public static readonly Gen<Constraint> Constraint = Nested(Atom(s_builtIn), 2);

    public static readonly Gen<Duty> Duty = Duties(Atom(s_builtIn), 1);

    /// <summary>Policies in built-in words.</summary>
    public static readonly Gen<Policies.Policy> Policy = PoliciesOf(Atom(s_builtIn), 3);

    /// <summary>Policies in all words of <see cref="Vocabulary"/>.</summary>
    public static readonly Gen<Policies.Policy> Worded = PoliciesOf(Atom([.. s_builtIn, .. Vocabulary.Added]), 3);

    /// <summary>Two policies on the same few things, which are soon compared.</summary>
    public static readonly Gen<(Policies.Policy Old, Policies.Policy New)> Pair =
        Pick([.. s_builtIn.Concat(Vocabulary.Added).Concat(s_often.Select(w => Operands.ByWord(w)!)).Where(o => o.Points.Count > 0)]).Array[1, 2].SelectMany(few =>
        {
            var policy = PoliciesOf(Gen.OneOf([.. few.Select(One)]), 2);
            return Gen.Select(policy, policy);
        });

    private static readonly Gen<ImmutableDictionary<string, Claim>> s_claims = Stated(s_builtIn.Concat(Vocabulary.Added).Where(o => o.ClaimName is not null), o => o.ClaimName!);

    private static readonly Gen<ImmutableDictionary<string, Claim>> s_observed = Stated(s_builtIn.Where(o => o.Source == FactSource.Observed), o => o.Word);

    private static readonly Gen<DateTimeOffset?> s_past = Gen.Select(Gen.Frequency(
        (2, Pick<DateTimeOffset?>([null])), (1, Gen.Const<DateTimeOffset?>(DateTimeOffset.MinValue)),
        (8, Gen.Int[-12, 480].Select(hours => (DateTimeOffset?)s_start.AddHours(hours))), (1, s_instant.Select(at => (DateTimeOffset?)at))), Gen.Int[0, 9], (at, zone) => at > DateTimeOffset.MinValue ? at.Value.ToOffset(TimeSpan.FromHours(zone)) : at);

    private static readonly Gen<Fulfilment[]> s_fulfilled = Gen.Select(Pick("obtainConsent", "compensate"), s_past, (duty, at) => new Fulfilment(duty, at)).Array[0, 2];

    public static readonly Gen<Facts> Facts = Gen.Select(
        s_claims, s_observed, Pick(s_purposes).Array[0, 3], Gen.Select(Gen.Bool, s_fulfilled), Gen.Frequency((6, Gen.Int[0, 480]), (1, Gen.Int[481, 30_000])), s_past, s_past, Pick("use", "print", "transfer", "give", "use alone"),
        (claims, observed, purposes, stated, hours, signed, used, action) => new Facts
        {
            ParticipantId = stated.Item1 ? "did:web:a.example" : "did:web:c.example",
            Now = s_start.AddHours(hours),
            AgreementSignedAt = signed,
            LastUsedAt = used,
            Purposes = [.. purposes.Distinct()],
            Claims = claims,
            Observed = observed,
            Fulfilled = [.. stated.Item2],
            Action = action == "use alone" ? "use" : action,
            TimeAlone = action == "use alone",
        });

    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Operand Added(string word, string like, string claim) =>
        Operands.ByWord(like)! with { Word = word, Iri = $"urn:mill:{word}", ClaimName = claim, Source = FactSource.Claim, Points = Operands.ByWord("now")!.Points };

    private static Gen<Constraint> Atom(Operand[] operands) => Gen.Frequency(
        (3, Gen.OneOf([.. s_often.Select(word => One(Operands.ByWord(word)!))])),
        (2, Gen.OneOf([.. operands.Where(o => o.Points.Count > 0).Select(One)])),
        (1, Gen.OneOf([.. operands.Where(o => o.Points.Count == 0).Select(One)])));

    private static Gen<Constraint> One(Operand operand) => Gen.Select(Pick([.. operand.Operators.Order()]), Value(operand).Array[1, 2],
        (op, values) => (Constraint)new AtomicConstraint(operand.Iri, op, op is IsAnyOf or IsNoneOf or IsAllOf ? [.. values.Distinct()] : [values[0]]));

    private static Gen<string> Value(Operand operand) => operand switch
    {
        { Source: FactSource.Purpose } => Pick(s_purposes),
        { Source: FactSource.Participant } => Pick("did:web:a.example", "did:web:b.example"),
        { Iri: Operands.Event } => Pick("agreementEnd", "revocation"),
        { Hierarchy: not null } => Pick("JP", "DE", "EU", "EEA"),
        { Type: OperandType.Instant } => s_instant.Select(at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
        { Type: OperandType.Duration } => s_span,
        { Counted: not null } => Pick("0", "0.5", "1", "7", "20", "31", "365"),
        { Type: OperandType.Number } => Pick("0", "1", "2.0", "3", "-4.25"),
        _ => Pick("a", "b", OddText),
    };

    // A claim that several operands read is stated by one of them.
    private static Gen<ImmutableDictionary<string, Claim>> Stated(IEnumerable<Operand> operands, Func<Operand, string> name) => operands.GroupBy(name, StringComparer.Ordinal).Aggregate(
        Gen.Const(ImmutableDictionary<string, Claim>.Empty),
        (all, fact) => Gen.Select(all, Known(Gen.OneOf([.. fact.Select(Value)])), (claims, values) => values.Length == 0 ? claims : claims.Add(fact.Key, new Claim([.. values], "test"))));

    private static Gen<string[]> Known(Gen<string> value) => Gen.Frequency((2, Gen.Const(Array.Empty<string>())), (7, value.Array[1]), (2, value.Array[1, 2]), (1, Gen.Const<string[]>(["FR"])));

    private static Gen<Policies.Policy> PoliciesOf(Gen<Constraint> atom, int most)
    {
        var (constraint, duty) = (Nested(atom, 2), Duties(atom, 1));
        var permission = Gen.Select(Pick("use", "use", "use", "print", "transfer", "give"), constraint.Array[0, most], duty.Array[0, 2], constraint.Array[0, 1],
            (action, constraints, duties, refinements) => new Permission(action, [.. constraints], [.. duties]) { Refinements = [.. refinements] });
        var prohibition = Gen.Select(Pick("use", "use", "print", "transfer"), constraint.Array[0, most - 1], duty.Array[0, 1], constraint.Array[0, 1],
            (action, constraints, remedies, refinements) => new Prohibition(action, [.. constraints]) { Remedies = [.. remedies], Refinements = [.. refinements] });
        return Gen.Select(permission.Array[1, 2], prohibition.Array[0, 2], duty.Array[0, 1], Pick("urn:profile:a", "urn:profile:b").Array[0, 2],
            (permits, forbids, obliges, profiles) => new Policies.Policy { Permissions = [.. permits], Prohibitions = [.. forbids], Obligations = [.. obliges], Profiles = [.. profiles] });
    }

    private static Gen<Constraint> Nested(Gen<Constraint> atom, int depth) => depth == 0 ? atom : Gen.Frequency(
        (4, atom),
        (1, Gen.Select(Gen.Enum<LogicalOperator>(), Nested(atom, depth - 1).Array[1, 3], (op, operands) => (Constraint)new LogicalConstraint(op, [.. operands]))));

    private static Gen<Duty> Duties(Gen<Constraint> atom, int depth) => Gen.Select(
        Pick("delete", "obtainConsent", "compensate", "use"), Gen.Frequency((1, Due("elapsed", Lteq)), (1, Due("event", Gt)), (2, Due("now", Lt)), (1, Due("now", Lteq)), (1, atom)).Array[0, 2],
        depth == 0 ? Gen.Const(Array.Empty<Duty>()) : Duties(atom, depth - 1).Array[0, 1], atom.Array[0, 1],
        (action, constraints, consequences, refinements) => new Duty(action, [.. constraints]) { Consequences = [.. consequences], Refinements = [.. refinements] });

    private static Gen<Constraint> Due(string word, ConstraintOperator op) =>
        Value(Operands.ByWord(word)!).Select(value => (Constraint)new AtomicConstraint(Operands.ByWord(word)!.Iri, op, [value]));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

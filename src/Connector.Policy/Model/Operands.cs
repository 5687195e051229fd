using System.Collections.Frozen;

namespace Connector.Policies;

/// <summary>The closed vocabulary of left operands: an unknown one is an error, never silence.</summary>
public static class Operands
{
    private const string Odrl = "http://www.w3.org/ns/odrl/2/";
    private const string CatenaX = "https://w3id.org/catenax/2025/9/policy/";
    private const string Own = "urn:connector:policy:";

    /// <summary>IRI of the purpose of use (ODRL).</summary>
    public const string Purpose = Odrl + "purpose";

    /// <summary>IRI of the present moment (ODRL).</summary>
    public const string DateTime = Odrl + "dateTime";

    /// <summary>IRI of the time since the agreement (ODRL).</summary>
    public const string ElapsedTime = Odrl + "elapsedTime";

    /// <summary>IRI of the event a duty is counted from (ODRL).</summary>
    public const string Event = Odrl + "event";

    /// <summary>IRI of the participant's id.</summary>
    public const string Participant = Own + "participant";

    /// <summary>Prefix of the IRIs of claims that have no operand of their own.</summary>
    public const string ClaimPrefix = Own + "claim:";

    /// <summary>Every point.</summary>
    internal static readonly FrozenSet<EnforcementPoint> Always = Enum.GetValues<EnforcementPoint>().ToFrozenSet();

    private static readonly FrozenSet<EnforcementPoint> s_contract = Always.Where(p => p != EnforcementPoint.Catalog).ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_running = s_contract.Where(p => p != EnforcementPoint.Negotiation).ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_starting = new[] { EnforcementPoint.Transfer, EnforcementPoint.Use }.ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_use = new[] { EnforcementPoint.Use }.ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_never = FrozenSet<EnforcementPoint>.Empty;

    private static readonly Operand[] s_all =
    [
        Fact("participant", Participant, OperandType.Text, FactSource.Participant, Always, OperatorSets.Text),
        Verified("membership", CatenaX + "Membership"),
        Verified("frameworkAgreement", CatenaX + "FrameworkAgreement"),
        Verified("bpn", CatenaX + "BusinessPartnerNumber"),
        Verified("bpnGroup", CatenaX + "BusinessPartnerGroup"),
        Verified("corporateNumber", Own + "corporateNumber"),
        Verified("lei", Own + "lei"),
        Verified("country", Own + "country") with { Hierarchy = Regions.All },
        Verified("dataLocation", Own + "dataLocation") with { Hierarchy = Regions.All },
        Verified("industry", Odrl + "industry"),
        Fact("purpose", Purpose, OperandType.Text, FactSource.Purpose, s_contract, OperatorSets.Text) with { Hierarchy = Purposes.All },
        Fact("now", DateTime, OperandType.Instant, FactSource.Clock, Always, OperatorSets.Instant),
        Fact("elapsed", ElapsedTime, OperandType.Duration, FactSource.SinceAgreement, s_running, OperatorSets.Within),
        Fact("delay", Odrl + "delayPeriod", OperandType.Duration, FactSource.SinceAgreement, s_running, OperatorSets.Wait),
        Fact("interval", Odrl + "timeInterval", OperandType.Duration, FactSource.SinceLastUse, s_starting, OperatorSets.Wait),
        Fact("count", Odrl + "count", OperandType.Number, FactSource.Observed, s_starting, OperatorSets.Number),
        Fact("spatial", Odrl + "spatial", OperandType.Text, FactSource.Observed, s_running, OperatorSets.Text) with { Hierarchy = Regions.All },
        Fact("recipient", Odrl + "recipient", OperandType.Text, FactSource.Observed, s_running, OperatorSets.Text),
        Fact("system", Odrl + "systemDevice", OperandType.Text, FactSource.Observed, s_use, OperatorSets.Text),
        Fact("channel", Odrl + "deliveryChannel", OperandType.Text, FactSource.Observed, s_running, OperatorSets.Text),
        Fact("language", Odrl + "language", OperandType.Text, FactSource.Observed, s_use, OperatorSets.Text),
        Fact("version", Odrl + "version", OperandType.Text, FactSource.Observed, s_running, OperatorSets.Text),
        Fact("fileFormat", Odrl + "fileFormat", OperandType.Text, FactSource.Observed, s_running, OperatorSets.Text),
        Fact("percentage", Odrl + "percentage", OperandType.Number, FactSource.Observed, s_use, OperatorSets.Number),
        Fact("dataUsageEndDate", CatenaX + "DataUsageEndDate", OperandType.Instant, FactSource.Clock, s_running, OperatorSets.Equal),
        Fact("dataUsageEndDurationDays", CatenaX + "DataUsageEndDurationDays", OperandType.Number, FactSource.SinceAgreement, s_running, OperatorSets.Equal) with { Counted = "days" },
        Bound("event", Event, OperandType.Text, OperatorSets.Event),
        Bound("usagePurpose", CatenaX + "UsagePurpose", OperandType.Text, OperatorSets.EqualOrSet),
        Bound("warrantyDurationMonths", CatenaX + "WarrantyDurationMonths", OperandType.Number, OperatorSets.Equal) with { Counted = "months" },
        Bound("dataProvisioningEndDate", CatenaX + "DataProvisioningEndDate", OperandType.Instant, OperatorSets.Equal),
        Bound("dataProvisioningEndDurationDays", CatenaX + "DataProvisioningEndDurationDays", OperandType.Number, OperatorSets.Equal) with { Counted = "days" },
        .. OneValue.Select(name => Bound(char.ToLowerInvariant(name[0]) + name[1..], CatenaX + name, OperandType.Text, OperatorSets.Equal)),
        .. ManyValues.Select(name => Bound(char.ToLowerInvariant(name[0]) + name[1..], CatenaX + name, OperandType.Text, OperatorSets.EqualOrSet)),
    ];

    private static readonly FrozenDictionary<string, Operand> s_byIri = s_all.ToFrozenDictionary(o => o.Iri);
    private static readonly FrozenDictionary<string, Operand> s_byWord = s_all.ToFrozenDictionary(o => o.Word);
    private static readonly FrozenDictionary<string, Operand> s_byLocalName = s_all
        .Where(o => !o.Iri.StartsWith(Own, StringComparison.Ordinal)).ToFrozenDictionary(o => o.Iri[(o.Iri.LastIndexOf('/') + 1)..]);

    /// <summary>The words that policy files may use.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. s_all.Select(o => o.Word)];

    // Operands of the Catena-X profile that nobody can check by machine: they bind by contract (CX-0152).
    private static string[] OneValue =>
    [
        "DataFrequency", "VersionChanges", "ContractTermination", "ConfidentialInformationMeasures", "ExclusiveUsage", "Warranty", "WarrantyDefinition", "Liability",
        "JurisdictionLocation", "JurisdictionLocationReference", "Precedence", "DataUsageEndDefinition",
    ];

    private static string[] ManyValues =>
    [
        "ContractReference", "AffiliatesRegion", "AffiliatesBpnl", "ManagedLegalEntityRegion", "ManagedLegalEntityBpnl", "ConfidentialInformationSharing", "UsageRestriction",
    ];

    /// <summary>Every operand of the built-in vocabulary.</summary>
    public static IReadOnlyList<Operand> All => s_all;

    /// <summary>The operand that a policy file's word names; null when unknown.</summary>
    public static Operand? ByWord(string word) => s_byWord.GetValueOrDefault(word);

    /// <summary>The operand that ODRL JSON names: by its IRI, by a prefixed or bare name of a known vocabulary, or a claim.</summary>
    public static Operand? ByIri(string iri)
    {
        if (s_byIri.TryGetValue(iri, out var known))
        {
            return known;
        }

        if (iri.StartsWith(ClaimPrefix, StringComparison.Ordinal) && iri.Length > ClaimPrefix.Length)
        {
            return Claim(iri[ClaimPrefix.Length..]);
        }

        var local = iri.StartsWith("odrl:", StringComparison.Ordinal) ? iri[5..] : iri.StartsWith("cx-policy:", StringComparison.Ordinal) ? iri[10..] : iri;
        return s_byLocalName.GetValueOrDefault(local);
    }

    /// <summary>The operand of a claim that has no word of its own.</summary>
    public static Operand Claim(string name) => new($"claim {name}", ClaimPrefix + name, OperandType.Text, Always, name) { Operators = OperatorSets.Text };

    /// <summary>Short names by which ODRL JSON may name operands, for advice.</summary>
    public static IReadOnlyCollection<string> LocalNames => s_byLocalName.Keys;

    private static Operand Verified(string word, string iri) => new(word, iri, OperandType.Text, Always, word) { Operators = OperatorSets.Text };

    private static Operand Fact(string word, string iri, OperandType type, FactSource source, FrozenSet<EnforcementPoint> points, FrozenSet<ConstraintOperator> operators) =>
        new(word, iri, type, points) { Source = source, Operators = operators };

    private static Operand Bound(string word, string iri, OperandType type, FrozenSet<ConstraintOperator> operators) => new(word, iri, type, s_never) { Operators = operators };
}

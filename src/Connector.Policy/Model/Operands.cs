using System.Collections.Frozen;

namespace Connector.Policies;

/// <summary>Where a decision is made.</summary>
public enum EnforcementPoint
{
    /// <summary>Whether a peer may know of an offer.</summary>
    Catalog,

    /// <summary>Whether a contract may be made.</summary>
    Negotiation,

    /// <summary>Whether data may flow: at the start of a transfer, and while it runs.</summary>
    Transfer,

    /// <summary>Whether the consumer may use what it has.</summary>
    Use,
}

/// <summary>What a left operand's values are.</summary>
public enum OperandType
{
    /// <summary>A text, compared as it stands.</summary>
    Text,

    /// <summary>A moment, RFC 3339 with offset.</summary>
    Instant,

    /// <summary>A span of time, xsd:duration.</summary>
    Duration,
}

/// <summary>A left operand of the closed vocabulary.</summary>
/// <param name="Word">Its word in policy files.</param>
/// <param name="Iri">Its IRI in ODRL JSON.</param>
/// <param name="Points">Where it is enforced; nowhere means that it binds by contract alone.</param>
/// <param name="ClaimName">The verified claim that its fact comes from; null when it comes from elsewhere.</param>
public sealed record Operand(string Word, string Iri, OperandType Type, FrozenSet<EnforcementPoint> Points, string? ClaimName = null);

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

    private static readonly FrozenSet<EnforcementPoint> s_always = Enum.GetValues<EnforcementPoint>().ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_contract = new[] { EnforcementPoint.Negotiation, EnforcementPoint.Transfer, EnforcementPoint.Use }.ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_running = new[] { EnforcementPoint.Transfer, EnforcementPoint.Use }.ToFrozenSet();
    private static readonly FrozenSet<EnforcementPoint> s_never = FrozenSet<EnforcementPoint>.Empty;

    private static readonly Operand[] s_all =
    [
        new("participant", Participant, OperandType.Text, s_always),
        new("membership", CatenaX + "Membership", OperandType.Text, s_always, "membership"),
        new("frameworkAgreement", CatenaX + "FrameworkAgreement", OperandType.Text, s_always, "frameworkAgreement"),
        new("bpn", CatenaX + "BusinessPartnerNumber", OperandType.Text, s_always, "bpn"),
        new("bpnGroup", CatenaX + "BusinessPartnerGroup", OperandType.Text, s_always, "bpnGroup"),
        new("corporateNumber", Own + "corporateNumber", OperandType.Text, s_always, "corporateNumber"),
        new("lei", Own + "lei", OperandType.Text, s_always, "lei"),
        new("country", Own + "country", OperandType.Text, s_always, "country"),
        new("purpose", Purpose, OperandType.Text, s_contract),
        new("usagePurpose", CatenaX + "UsagePurpose", OperandType.Text, s_never),
        new("now", DateTime, OperandType.Instant, s_always),
        new("elapsed", ElapsedTime, OperandType.Duration, s_running),
        new("event", Event, OperandType.Text, s_never),
        .. ContractOnly.Select(name => new Operand(char.ToLowerInvariant(name[0]) + name[1..], CatenaX + name, OperandType.Text, s_never)),
    ];

    private static readonly FrozenDictionary<string, Operand> s_byIri = s_all.ToFrozenDictionary(o => o.Iri);
    private static readonly FrozenDictionary<string, Operand> s_byWord = s_all.ToFrozenDictionary(o => o.Word);
    private static readonly FrozenDictionary<string, Operand> s_byLocalName = s_all
        .Where(o => !o.Iri.StartsWith(Own, StringComparison.Ordinal)).ToFrozenDictionary(o => o.Iri[(o.Iri.LastIndexOf('/') + 1)..]);

    /// <summary>The words that policy files may use.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. s_all.Select(o => o.Word)];

    // Operands of the Catena-X profile that nobody can check by machine: they bind by contract (CX-0152).
    private static string[] ContractOnly =>
    [
        "ContractReference", "AffiliatesRegion", "AffiliatesBpnl", "ManagedLegalEntityRegion", "ManagedLegalEntityBpnl", "DataFrequency", "VersionChanges", "ContractTermination",
        "ConfidentialInformationMeasures", "ConfidentialInformationSharing", "ExclusiveUsage", "Warranty", "WarrantyDurationMonths", "WarrantyDefinition", "Liability",
        "JurisdictionLocation", "JurisdictionLocationReference", "Precedence", "UsageRestriction", "DataProvisioningEndDate", "DataProvisioningEndDurationDays", "DataUsageEndDefinition",
    ];

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
    public static Operand Claim(string name) => new($"claim {name}", ClaimPrefix + name, OperandType.Text, s_always, name);

    /// <summary>Short names by which ODRL JSON may name operands, for advice.</summary>
    public static IReadOnlyCollection<string> LocalNames => s_byLocalName.Keys;
}

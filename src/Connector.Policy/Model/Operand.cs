using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>What a left operand's values are.</summary>
public enum OperandType
{
    /// <summary>A text, compared as it stands.</summary>
    Text,

    /// <summary>A moment, RFC 3339 with offset.</summary>
    Instant,

    /// <summary>A span of time, xsd:duration.</summary>
    Duration,

    /// <summary>A decimal number, xsd:decimal.</summary>
    Number,
}

/// <summary>Where the fact comes from that a left operand is compared with.</summary>
public enum FactSource
{
    /// <summary>Nowhere: the operand binds by contract alone.</summary>
    Contract,

    /// <summary>A verified claim about the participant.</summary>
    Claim,

    /// <summary>The authenticated participant's id.</summary>
    Participant,

    /// <summary>The purposes that the consumer declared.</summary>
    Purpose,

    /// <summary>The clock.</summary>
    Clock,

    /// <summary>The clock, and the instant at which the agreement was signed.</summary>
    SinceAgreement,

    /// <summary>The clock, and the instant of the last use.</summary>
    SinceLastUse,

    /// <summary>What the connector observes or the consumer states about this one use.</summary>
    Observed,
}

/// <summary>A left operand of the closed vocabulary.</summary>
/// <param name="Word">Its word in policy files.</param>
/// <param name="Iri">Its IRI in ODRL JSON.</param>
/// <param name="Points">Where it is enforced; nowhere means that it binds by contract alone.</param>
/// <param name="ClaimName">The verified claim that its fact comes from; null when it comes from elsewhere.</param>
public sealed record Operand(string Word, string Iri, OperandType Type, FrozenSet<EnforcementPoint> Points, string? ClaimName = null)
{
    public FactSource Source { get; init; } = ClaimName is null ? FactSource.Contract : FactSource.Claim;

    /// <summary>The operators by which it may be compared.</summary>
    public required FrozenSet<ConstraintOperator> Operators { get; init; }

    /// <summary>What its numbers count, <c>days</c> or <c>months</c>, of which there are never fewer than none; null where they are any numbers.</summary>
    public string? Counted { get; init; }

    /// <summary>How people call it, by language tag; empty where the rendering knows its name.</summary>
    public ImmutableSortedDictionary<string, string> Title { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether a comparison with it decides as one with another would.</summary>
    public bool MeansTheSameAs(Operand other) => (Word, Iri, Type, Source, ClaimName) == (other.Word, other.Iri, other.Type, other.Source, other.ClaimName) && Points.SetEquals(other.Points);

    /// <summary>Which of its values lie beneath others; null when none do.</summary>
    public Hierarchy? Hierarchy { get; init; }
}

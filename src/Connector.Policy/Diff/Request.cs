using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>A question that can be put to a policy: who asks, with what, when, for what, at which point.</summary>
/// <param name="At">The point of enforcement.</param>
/// <param name="Action">Short name of an ODRL action.</param>
/// <param name="SignedAt">When the agreement was signed; null when there is none.</param>
/// <param name="Claims">Verified claims by name.</param>
public sealed record Request(
    EnforcementPoint At,
    string Action,
    string ParticipantId,
    DateTimeOffset Now,
    DateTimeOffset? SignedAt,
    ImmutableArray<string> Purposes,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Claims)
{
    /// <summary>When the data was last used; null when that is not known.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What is observed about the use, by the operand's word.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Observed { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Duties that are known to be fulfilled, by their actions.</summary>
    public ImmutableArray<Fulfilment> Fulfilled { get; init; } = [];

    /// <summary>Its facts, for <see cref="CompiledPolicy.Evaluate"/>.</summary>
    public Facts ToFacts() => new()
    {
        ParticipantId = ParticipantId,
        Now = Now,
        AgreementSignedAt = SignedAt,
        Purposes = Purposes,
        Action = Action,
        LastUsedAt = LastUsedAt,
        Fulfilled = Fulfilled,
        Observed = Observed.ToImmutableDictionary(c => c.Key, c => new Claim(c.Value, "this request")),
        Claims = Claims.ToImmutableDictionary(c => c.Key, c => new Claim(c.Value, "this request")),
    };
}

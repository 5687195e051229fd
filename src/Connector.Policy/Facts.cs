using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>What is known when a policy is asked. What is not stated here is not known, and never taken to be true.</summary>
public sealed record Facts
{
    /// <summary>DID of whoever wants to use the data.</summary>
    public required string ParticipantId { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When the agreement was signed; null when there is none yet.</summary>
    public DateTimeOffset? AgreementSignedAt { get; init; }

    /// <summary>When the data was last used; <see cref="DateTimeOffset.MinValue"/> when it never was, null when that is not known.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Declared purposes; empty when none was declared.</summary>
    public ImmutableArray<string> Purposes { get; init; } = [];

    /// <summary>Verified claims by name.</summary>
    public required IReadOnlyDictionary<string, Claim> Claims
    {
        get;
        init => (field, Table) = (value, ClaimTable.Of(value));
    }

    /// <summary>What is observed or stated about this one use, by the operand's word, such as <c>count</c> or <c>recipient</c>.</summary>
    public IReadOnlyDictionary<string, Claim> Observed { get; init; } = FrozenDictionary<string, Claim>.Empty;

    /// <summary>Duties that are known to be fulfilled.</summary>
    public ImmutableArray<Fulfilment> Fulfilled { get; init; } = [];

    /// <summary>Only time is asked: of all else, and of what time is counted from and not known, nothing is held against the participant.</summary>
    public bool TimeAlone { get; init; }

    /// <summary>What is to be done: the short name of an ODRL action.</summary>
    public string Action { get; init; } = "use";

    internal ClaimTable Table { get; private init; } = ClaimTable.Empty;
}

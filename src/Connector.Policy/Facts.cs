using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>What is known when a policy is asked. What is not stated here is not known, and never taken to be true.</summary>
public sealed class Facts
{
    /// <summary>DID of whoever wants to use the data.</summary>
    public required string ParticipantId { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When the agreement was signed; null when there is none yet.</summary>
    public DateTimeOffset? AgreementSignedAt { get; init; }

    /// <summary>Declared purposes; empty when none was declared.</summary>
    public ImmutableArray<string> Purposes { get; init; } = [];

    /// <summary>Verified claims by name.</summary>
    public required IReadOnlyDictionary<string, Claim> Claims { get; init; }

    /// <summary>What is to be done: the short name of an ODRL action.</summary>
    public string Action { get; init; } = "use";
}

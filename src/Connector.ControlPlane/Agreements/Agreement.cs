using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>A finalized contract. Its text never changes; what changes is whether it is still in force.</summary>
public sealed record Agreement
{
    /// <summary>The ODRL Agreement's <c>@id</c>.</summary>
    public required string Id { get; init; }

    public required Role Role { get; init; }

    /// <summary>The other party's DID.</summary>
    public required string Peer { get; init; }

    public required Binding Binding { get; init; }

    public required string NegotiationId { get; init; }

    public required string OfferId { get; init; }

    public required string DatasetId { get; init; }

    /// <summary>The ODRL Agreement as JSON text, exactly as signed.</summary>
    public required string Json { get; init; }

    /// <summary>Its rules alone, as ODRL JSON text.</summary>
    public required string Policy { get; init; }

    public string? ProviderSignature { get; init; }

    public string? ConsumerSignature { get; init; }

    /// <summary>The agreement's <c>timestamp</c>: from here elapsed time counts.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>Purposes the consumer declared when negotiating.</summary>
    public ImmutableArray<string> Purposes { get; init; } = [];

    /// <summary>The peer's verified claims when the agreement was made.</summary>
    public ImmutableDictionary<string, Claim> Claims { get; init; } = ImmutableDictionary<string, Claim>.Empty;

    /// <summary>When time can next change what its terms permit: then it is looked at again. Null when time changes nothing.</summary>
    public DateTimeOffset? ChangesAt { get; init; }

    /// <summary>Transfers that were started under it: each is one use of the data.</summary>
    public int Uses { get; init; }

    /// <summary>When the first of them was started; null when none was, or it was before this was stored.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>When the last of them was started; null when none was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Duties that this side has recorded as fulfilled, in the order of the records.</summary>
    public ImmutableArray<DutyRecord> Duties { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Null while in force.</summary>
    public AgreementEnd? End { get; init; }

    public required long Version { get; init; }
}

/// <summary>When, by whom and why an agreement ended.</summary>
/// <param name="Code"><c>revoked</c>, <c>expired</c>, <c>policy-denied</c> …</param>
public sealed record AgreementEnd(DateTimeOffset At, Role By, string Code, string Reason);

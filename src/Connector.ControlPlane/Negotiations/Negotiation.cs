using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.ControlPlane.Negotiations;

/// <summary>One contract negotiation as this side sees it. Immutable; a transition makes a new one with the next <see cref="Version"/>.</summary>
public sealed record Negotiation
{
    /// <summary>This side's pid: <c>consumerPid</c> for a consumer, <c>providerPid</c> for a provider.</summary>
    public required string Id { get; init; }

    public required Role Role { get; init; }

    /// <summary>The other participant's DID. Messages from anybody else are answered "not found".</summary>
    public required string Peer { get; init; }

    /// <summary>The other side's pid; null until its first message or acknowledgement.</summary>
    public string? PeerPid { get; init; }

    public required Binding Binding { get; init; }

    /// <summary>Where the peer asked to be called back; null when the peer directory knows.</summary>
    public string? CallbackAddress { get; init; }

    public required NegotiationState State { get; init; }

    /// <summary>1 when created, one more with each change; a store refuses a change that is not the next.</summary>
    public required long Version { get; init; }

    /// <summary>The offer on the table: the consumer's while REQUESTED, the provider's while OFFERED, else the one agreed on.</summary>
    public required Terms Terms { get; init; }

    /// <summary>Purposes the consumer declared.</summary>
    public ImmutableArray<string> Purposes { get; init; } = [];

    /// <summary>The peer's verified claims as they were with its last message; decisions made later rest on them.</summary>
    public ImmutableDictionary<string, Claim> Claims { get; init; } = ImmutableDictionary<string, Claim>.Empty;

    public Acceptance Acceptance { get; init; }

    /// <summary>The agreement once it was drawn up, with the signatures present so far.</summary>
    public SignedAgreement? Agreement { get; init; }

    /// <summary>Why it ended, when TERMINATED.</summary>
    public Termination? Termination { get; init; }

    /// <summary>The policy verdict behind the last decision, as JSON, for <c>policy explain</c>.</summary>
    public string? Explanation { get; init; }

    /// <summary>When that verdict was given; null where none was, or before this was stored.</summary>
    public DateTimeOffset? ExplainedAt { get; init; }

    /// <summary>The last failure to reach or convince the peer, in words.</summary>
    public string? LastError { get; init; }

    /// <summary>Ids of the messages already applied, so that a repeated one changes nothing.</summary>
    public ImmutableArray<string> Seen { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string ConsumerPid => Role == Role.Consumer ? Id : PeerPid ?? "";

    public string ProviderPid => Role == Role.Provider ? Id : PeerPid ?? "";

    public bool IsTerminal => State is NegotiationState.Finalized or NegotiationState.Terminated;
}

/// <summary>An agreement's text and the signatures over it.</summary>
/// <param name="Id">The agreement's <c>@id</c>.</param>
/// <param name="Json">The ODRL Agreement as JSON text, exactly as sent.</param>
/// <param name="ProviderSignature">Detached JWS of the provider, or null.</param>
/// <param name="ConsumerSignature">Detached JWS of the consumer, or null.</param>
public sealed record SignedAgreement(string Id, string Json, string? ProviderSignature, string? ConsumerSignature);

/// <summary>Who ended a process, and why.</summary>
public sealed record Termination(Role By, string? Code, ImmutableArray<string> Reasons);

using System.Collections.Immutable;
using Connector.ControlPlane.Explanations;
using Connector.ControlPlane.Negotiations;

namespace Connector.ControlPlane.Transfers;

/// <summary>One transfer process as this side sees it. Immutable; a transition makes a new one with the next <see cref="Version"/>.</summary>
public sealed record Transfer
{
    /// <summary>This side's pid.</summary>
    public required string Id { get; init; }

    public required Role Role { get; init; }

    public required string Peer { get; init; }

    public string? PeerPid { get; init; }

    public required Binding Binding { get; init; }

    public string? CallbackAddress { get; init; }

    public required string AgreementId { get; init; }

    public required string DatasetId { get; init; }

    public required string Format { get; init; }

    public required TransferState State { get; init; }

    public required long Version { get; init; }

    /// <summary>Consumer: where to fetch, token included. Provider of a push: where to send.</summary>
    public DataAddress? DataAddress { get; init; }

    /// <summary>Provider: SHA-256 (base64url) of the token it issued; null when no token is valid.</summary>
    public string? TokenHash { get; init; }

    /// <summary>Provider of a pull over HTTP: when that token ends by itself; null when only its transfer's end ends it.</summary>
    public DateTimeOffset? TokenUntil { get; init; }

    /// <summary>Provider of a pull over HTTP: SHA-256 (base64url) of the token by which a new access token is had.</summary>
    public string? RefreshHash { get; init; }

    /// <summary>Consumer: absolute path on this machine that the data goes to.</summary>
    public string? Sink { get; init; }

    /// <summary>The receipt, once there is one.</summary>
    public SignedReceipt? Receipt { get; init; }

    public Termination? Termination { get; init; }

    /// <summary>Why the terms no longer permitted it, where it was stopped for that.</summary>
    public StoredVerdict? Verdict { get; init; }

    /// <summary>Who takes the next step when it is this side's turn; only <see cref="Acceptance.Stepwise"/> leaves it to the operator.</summary>
    public Acceptance Acceptance { get; init; }

    public string? LastError { get; init; }

    public ImmutableArray<string> Seen { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string ConsumerPid => Role == Role.Consumer ? Id : PeerPid ?? "";

    public string ProviderPid => Role == Role.Provider ? Id : PeerPid ?? "";

    public bool IsTerminal => State is TransferState.Completed or TransferState.Terminated;

    /// <summary>Push is told by the format alone (DSP convention).</summary>
    public bool IsPush => Format.EndsWith("-PUSH", StringComparison.Ordinal);
}

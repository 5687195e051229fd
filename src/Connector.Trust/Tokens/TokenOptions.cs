namespace Connector.Trust.Tokens;

/// <summary>Bounds on the tokens of calls between peers.</summary>
public sealed record TokenOptions
{
    /// <summary>How long a self-issued token lives.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest lifetime accepted in a peer's self-issued token.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far a peer's clock may be off, either way.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest token read, characters.</summary>
    public int MaximumLength { get; init; } = 8192;

    /// <summary>
    /// Most one-time tokens, or rows of 64 numbered calls, remembered at once (some 40 bytes each, taken only as needed). A peer may hold as many as are free,
    /// so half of them when the others are quiet. A token is remembered for its life and the skew: 90 s by default, so a million covers 5,500 one-time tokens a second
    /// of one peer, or 350,000 numbered calls.
    /// </summary>
    public int ReplayCapacity { get; init; } = 1_000_000;

    /// <summary>Refuse a self-issued token that is not bound to the caller's TLS certificate (RFC 8705).</summary>
    public bool RequireCertificateBinding { get; init; }
}

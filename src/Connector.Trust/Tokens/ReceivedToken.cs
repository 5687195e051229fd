namespace Connector.Trust.Tokens;

/// <summary>A token as it came: decoded, nothing of it believed yet. Times are seconds since 1970 (RFC 7519 §2).</summary>
internal sealed class ReceivedToken
{
    public required string Text { get; init; }

    /// <summary>The number of the call that it came with, or null; not signed.</summary>
    public long? Call { get; init; }

    public required string Algorithm { get; init; }

    public string? KeyId { get; init; }

    public string? Type { get; init; }

    /// <summary>How much of <see cref="Text"/> is signed: header, dot and payload.</summary>
    public required int SignedLength { get; init; }

    public required byte[] Signature { get; init; }

    public required byte[] Payload { get; init; }

    // Fields, so that the reader can fill each in place.
    public string? Issuer;
    public string? Subject;
    public string? Id;
    public long? IssuedAt;
    public long? NotBefore;
    public long? Expires;

    /// <summary>The claim <c>reuse</c>: whether it is meant for more than one call.</summary>
    public bool Reuse;

    /// <summary>The <c>cnf</c> claim's <c>x5t#S256</c> (RFC 8705 §3.1).</summary>
    public string? BoundCertificate;

    public IReadOnlyList<string> Audience { get; set; } = [];
}

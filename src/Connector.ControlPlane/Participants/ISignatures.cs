namespace Connector.ControlPlane.Participants;

/// <summary>Signs in this participant's name, and checks what peers signed.</summary>
public interface ISignatures
{
    /// <summary>A detached compact JWS (RFC 7515 appendix F, ES256, <c>kid</c> in the header) over the RFC 8785 canonical form of the JSON text.</summary>
    /// <exception cref="FormatException">The text has no such form.</exception>
    string SignJson(string json);

    /// <summary>Whether the detached JWS is the participant's over this JSON; null when it is, else why not.</summary>
    /// <param name="participantId">The signer's DID; this connector's own id is allowed.</param>
    string? VerifyJson(string participantId, string json, string jws);

    /// <summary>Raw ES256 signature (64 bytes) over a hash of 32 bytes, for the evidence log.</summary>
    byte[] SignHash(ReadOnlySpan<byte> hash);

    bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);
}

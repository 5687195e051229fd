namespace Connector.ControlPlane.Participants;

/// <summary>Turns the credentials of an incoming call into a <see cref="Peer"/>, or says why not.</summary>
public interface IPeerAuthenticator
{
    /// <summary>Validates the token of one call: signature, issuer, audience, times, replay, binding to the certificate.</summary>
    /// <param name="token">The bearer token without its scheme; null when the call had none.</param>
    /// <param name="clientCertificateThumbprint">base64url SHA-256 of the client's TLS certificate (RFC 8705 <c>x5t#S256</c>), or null without mutual TLS.</param>
    ValueTask<Result<Peer>> AuthenticateAsync(string? token, string? clientCertificateThumbprint, CancellationToken cancel);
}

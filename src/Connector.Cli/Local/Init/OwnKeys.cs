using Connector.Trust.Keys;
using Connector.Trust.Tls;

namespace Connector.Cli.Local.Init;

/// <summary>The public halves of a new connector's keys, as partners need them.</summary>
/// <param name="PublicKey">Its signing key, a JWK as JSON text.</param>
/// <param name="CertificatePin">base64url SHA-256 of its TLS certificate.</param>
internal sealed record OwnKeys(string PublicKey, string CertificatePin)
{
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(3 * 365);

    /// <summary>Makes a signing key, and a TLS certificate for the host by which partners reach it.</summary>
    public static OwnKeys Make(string folder, NewConnector made, TimeProvider time)
    {
        var key = SigningKey.FromPem(SecretFile.Read(KeyFolder.Create(folder)), made.Participant.Id);
        var pin = TlsCertificate.Create(
            Path.Combine(folder, "tls.crt"),
            Path.Combine(folder, "tls.key"),
            [.. new[] { made.Host, "localhost", "127.0.0.1", "::1" }.Distinct()],
            time,
            s_validity);
        return new OwnKeys(Jwk.Write(key.Public, key.Id), pin);
    }
}

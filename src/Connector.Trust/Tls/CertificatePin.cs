using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connector.Trust.Tls;

/// <summary>Pins of certificates: base64url SHA-256 of the DER, as <c>x5t#S256</c> (RFC 8705 §3.1) and peer documents have it.</summary>
public static class CertificatePin
{
    /// <summary>Length of a pin, characters.</summary>
    public const int Length = 43;

    public static string Of(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Base64Url.EncodeToString(SHA256.HashData(certificate.GetRawCertData()));
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connector.Trust.Tls;

/// <summary>Reads certificates from PEM files.</summary>
internal static class Pem
{
    /// <summary>All certificates of the file, at least one.</summary>
    /// <exception cref="TrustException">Missing, unreadable, or without a certificate.</exception>
    public static X509Certificate2Collection Certificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TrustException($"{path}: cannot be read as certificates in PEM: {fault.Message}", fault);
        }

        return certificates.Count > 0 ? certificates : throw new TrustException($"{path}: holds no certificate (-----BEGIN CERTIFICATE-----)");
    }
}

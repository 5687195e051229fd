using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Connector.Trust.Keys;

namespace Connector.Trust.Tls;

/// <summary>Makes self-signed TLS certificates (P-256, for servers and clients), for peers that pin them.</summary>
public static class TlsCertificate
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1); // for peers whose clock is behind

    /// <summary>Writes a new certificate and its key (mode 0600); the answer is the certificate's pin.</summary>
    /// <param name="names">DNS names and IP addresses under which peers call; at least one.</param>
    /// <exception cref="TrustException">No name, a file that exists, or one that cannot be written.</exception>
    public static string Create(string certificateFile, string keyFile, IReadOnlyList<string> names, TimeProvider time, TimeSpan validFor)
    {
        if (names.Count == 0)
            throw new TrustException("a TLS certificate needs at least one DNS name or IP address");
        if (File.Exists(certificateFile))
            throw new TrustException($"{certificateFile}: exists already; a certificate is never overwritten");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        using var certificate = Request(names, key).CreateSelfSigned(now - Backdated, now + validFor);
        SecretFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            File.WriteAllText(certificateFile, certificate.ExportCertificatePem() + "\n");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrustException($"{certificateFile}: cannot be written: {fault.Message}", fault);
        }

        return CertificatePin.Of(certificate);
    }

    private static CertificateRequest Request(IReadOnlyList<string> names, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(names[0].Length <= 64 ? names[0] : names[0][..64]); // X.520's bound of a common name
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternative.AddIpAddress(address);
            else if (Uri.CheckHostName(name) == UriHostNameType.Dns)
                alternative.AddDnsName(name);
            else
                throw new TrustException($"'{name}' is neither a DNS name nor an IP address, so it cannot go into a TLS certificate");
        }

        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUsage), new Oid(ClientUsage)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Connector.Trust.Tls;

namespace Connector.Trust.Oidc;

/// <summary>Makes the HTTP client for one issuer: its certificate checked, answers bounded, no redirects.</summary>
public static class IssuerClient
{
    private const int MaximumAnswer = 512 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="TrustException">The file of the issuer's authorities cannot be read.</exception>
    /// <param name="identity">The certificate to present, for issuers that bind tokens to it; null for none.</param>
    public static HttpClient Create(OidcOptions options, TlsIdentity? identity, TimeProvider time)
    {
        IReadOnlyCollection<string> pins = options.IssuerPins;
        var authorities = options.IssuerAuthorityFile is { } file ? Pem.Certificates(file) : [];
        return new HttpClient(new IssuerHandler(identity, Open)) { Timeout = Timeout, MaxResponseContentBufferSize = MaximumAnswer };

        SocketsHttpHandler Open(SslStreamCertificateContext? presented) => new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                ClientCertificateContext = presented,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    CertificateRules.Server(certificate as X509Certificate2, chain, errors, pins, authorities, time.GetUtcNow()),
            },
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
    }
}

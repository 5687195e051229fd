using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connector.Trust.Tls;

/// <summary>Whether a certificate is accepted. Pure but for the chain building, which asks no network.</summary>
internal static class CertificateRules
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    public static bool InForce(X509Certificate2 certificate, DateTimeOffset now) =>
        now >= certificate.NotBefore.ToUniversalTime() && now <= certificate.NotAfter.ToUniversalTime();

    /// <summary>
    /// A server's certificate: one of the pins and in force; or the right name, a use by servers, and a chain to an authority that is given or
    /// pinned; or, with neither pins nor authorities, what the system's trust store says.
    /// </summary>
    public static bool Server(
        X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, IReadOnlyCollection<string> pins, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (certificate is null)
            return false;
        if (pins.Count == 0 && authorities.Count == 0)
            return errors == SslPolicyErrors.None;
        if (!InForce(certificate, now))
            return false;
        if (pins.Contains(CertificatePin.Of(certificate)))
            return true;
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        var pinned = Sent(chain).Where(candidate => pins.Contains(CertificatePin.Of(candidate)));
        return ChainsTo([.. authorities, .. pinned], certificate, chain, ServerUsage, now);
    }

    /// <summary>A client's certificate that chains to one of the authorities and may be used by clients.</summary>
    public static bool Client(X509Certificate2 certificate, X509Chain? chain, X509Certificate2Collection authorities, DateTimeOffset now) =>
        ChainsTo(authorities, certificate, chain, ClientUsage, now);

    private static IEnumerable<X509Certificate2> Sent(X509Chain? chain) =>
        chain is null ? [] : chain.ChainElements.Select(static element => element.Certificate).Concat(chain.ChainPolicy.ExtraStore);

    // Any trusted certificate ends a chain, self-signed or not: who trusts one branch of an authority need not trust the others.
    private static bool ChainsTo(X509Certificate2Collection trusted, X509Certificate2 certificate, X509Chain? presented, string usage, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        if (!chain.Build(certificate))
            return false;
        // By the whole of them: certificates are equal in .NET when issuer and serial number are.
        var anchors = trusted.Select(CertificatePin.Of).ToHashSet(StringComparer.Ordinal);
        return chain.ChainElements.Any(element => anchors.Contains(CertificatePin.Of(element.Certificate)));
    }
}

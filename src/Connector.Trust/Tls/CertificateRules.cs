using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connector.Trust.Tls;

/// <summary>Whether a certificate is accepted. Pure but for the chain building, which asks no network.</summary>
internal static class CertificateRules
{
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    public static bool InForce(X509Certificate2 certificate, DateTimeOffset now) =>
        now >= certificate.NotBefore.ToUniversalTime() && now <= certificate.NotAfter.ToUniversalTime();

    /// <summary>
    /// A server's certificate: one of the pins and in force; or a pinned authority in its chain and the right name; or, when nothing is
    /// pinned, what the system's trust store says.
    /// </summary>
    public static bool Server(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, IReadOnlyCollection<string> pins, DateTimeOffset now)
    {
        if (certificate is null)
            return false;
        if (pins.Count == 0)
            return errors == SslPolicyErrors.None;
        if (!InForce(certificate, now))
            return false;
        if (pins.Contains(CertificatePin.Of(certificate)))
            return true;
        if (chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        var pinned = new X509Certificate2Collection();
        foreach (var candidate in chain.ChainElements.Select(static element => element.Certificate).Concat(chain.ChainPolicy.ExtraStore))
        {
            if (pins.Contains(CertificatePin.Of(candidate)))
                pinned.Add(candidate);
        }

        return pinned.Count > 0 && ChainsTo(pinned, certificate, chain, null, now);
    }

    /// <summary>A client's certificate that chains to one of the authorities and may be used by clients.</summary>
    public static bool Client(X509Certificate2 certificate, X509Chain? chain, X509Certificate2Collection authorities, DateTimeOffset now) =>
        authorities.Count > 0 && ChainsTo(authorities, certificate, chain, ClientUsage, now);

    private static bool ChainsTo(X509Certificate2Collection roots, X509Certificate2 certificate, X509Chain? presented, string? usage, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        if (usage is not null)
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        return chain.Build(certificate);
    }
}

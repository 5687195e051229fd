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
    /// A server's certificate: one of the pins and in force; or the right name and a chain to an authority that is given or pinned; or,
    /// with neither pins nor authorities, what the system's trust store says.
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
        var roots = new X509Certificate2Collection(authorities);
        foreach (var candidate in Sent(chain))
        {
            if (pins.Contains(CertificatePin.Of(candidate)))
                roots.Add(candidate);
        }

        return roots.Count > 0 && ChainsTo(roots, certificate, chain, null, now);
    }

    /// <summary>A client's certificate that chains to one of the authorities and may be used by clients.</summary>
    public static bool Client(X509Certificate2 certificate, X509Chain? chain, X509Certificate2Collection authorities, DateTimeOffset now) =>
        authorities.Count > 0 && ChainsTo(authorities, certificate, chain, ClientUsage, now);

    private static IEnumerable<X509Certificate2> Sent(X509Chain? chain) =>
        chain is null ? [] : chain.ChainElements.Select(static element => element.Certificate).Concat(chain.ChainPolicy.ExtraStore);

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

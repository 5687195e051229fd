using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Connector.Trust.Tests.Tls;

/// <summary>A small certificate authority: a root, or one that a root or another has made. In force from an hour ago for a year, unless said otherwise.</summary>
internal sealed class Authority : IDisposable
{
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _from;

    /// <param name="by">Who signs it; null for a root, which signs itself.</param>
    /// <param name="depth">How many authorities there may be between it and a leaf.</param>
    /// <param name="domain">The only DNS domain that it may vouch for; null for any.</param>
    /// <param name="like">Whose serial number it takes, and key identifier too if <paramref name="likeItsKey"/>; null for its own.</param>
    public Authority(string name, TimeProvider time, Authority? by = null, int? depth = null, string? domain = null, bool mayIssue = true, Authority? like = null, bool likeItsKey = false, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        _from = time.GetUtcNow().AddHours(-1);
        var request = Request(name, _key, by);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(mayIssue, depth is not null, depth ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(likeItsKey && like is not null ? like.KeyIdentifier : new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (domain is not null)
            request.CertificateExtensions.Add(OnlyIn(domain));
        Certificate = (by ?? this).Signed(request, from ?? _from, until ?? _from.AddYears(1), like?.Certificate.SerialNumberBytes.ToArray());
    }

    public X509Certificate2 Certificate { get; }

    private X509SubjectKeyIdentifierExtension KeyIdentifier => Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();

    /// <summary>Writes the certificate as PEM; the answer is the path.</summary>
    public string Write(string path)
    {
        File.WriteAllText(path, Certificate.ExportCertificatePem());
        return path;
    }

    /// <summary>A client certificate with its key.</summary>
    public X509Certificate2 Client(string name) => Leaf(name, ClientUsage);

    /// <summary>A server's or client's certificate with its key, for half a year.</summary>
    /// <param name="usage">The only use that it is for; null for any.</param>
    /// <param name="issuerAt">Where it says that its issuer's certificate can be fetched.</param>
    public X509Certificate2 Leaf(string name, string? usage = null, Uri? issuerAt = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, this);
        var alternative = new SubjectAlternativeNameBuilder();
        alternative.AddDnsName(name);
        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (issuerAt is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAt.AbsoluteUri]));
        using var certificate = Signed(request, _from, _from.AddMonths(6));
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key, Authority? by)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (by is not null)
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(by.KeyIdentifier));
        return request;
    }

    // RFC 5280 §4.2.1.10: permittedSubtrees with one dNSName.
    private static X509Extension OnlyIn(string domain)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
            writer.WriteCharacterString(UniversalTagNumber.IA5String, domain, new Asn1Tag(TagClass.ContextSpecific, 2));
        return new X509Extension("2.5.29.30", writer.Encode(), critical: true);
    }

    private X509Certificate2 Signed(CertificateRequest request, DateTimeOffset from, DateTimeOffset until, byte[]? number = null) =>
        request.Create(Certificate?.SubjectName ?? request.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from, until, number ?? RandomNumberGenerator.GetBytes(8));
}

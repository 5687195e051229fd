using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Connector.Trust.Tls;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests.Tls;

[UnsupportedOSPlatform("windows")]
public sealed class TlsCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Party.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_certificate_names_its_hosts_and_serves_both_sides()
    {
        var pin = Create("connector.cells.example", "127.0.0.1", "::1");
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder["tls.pem"]);
        Assert.Equal(pin, CertificatePin.Of(certificate));
        Assert.Equal(CertificatePin.Length, pin.Length);
        Assert.True(certificate.MatchesHostname("connector.cells.example"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.True(certificate.MatchesHostname("::1"));
        Assert.False(certificate.MatchesHostname("other.example"));
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages;
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], usages.Cast<System.Security.Cryptography.Oid>().Select(static usage => usage.Value));
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(Party.Start.AddDays(30), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["tls.key"]));
    }

    [Theory]
    [InlineData()]
    [InlineData("not a host")]
    [InlineData("https://host")]
    public void Names_that_cannot_go_into_a_certificate_are_refused(params string[] names)
    {
        Assert.Throws<TrustException>(() => Create(names));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void An_existing_certificate_or_key_is_never_overwritten()
    {
        Create("localhost");
        var key = File.ReadAllText(_folder["tls.key"]);
        Assert.Throws<TrustException>(() => Create("localhost"));
        File.Delete(_folder["tls.pem"]);
        Assert.Throws<TrustException>(() => Create("localhost"));
        Assert.Equal(key, File.ReadAllText(_folder["tls.key"]));
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_is_named()
    {
        Assert.Contains("tls.key", Assert.Throws<TrustException>(Load).Message, StringComparison.Ordinal);
        Create("localhost");
        var key = File.ReadAllText(_folder["tls.key"]);
        File.Delete(_folder["tls.key"]);
        File.Delete(_folder["tls.pem"]);
        Create("localhost");
        File.WriteAllText(_folder["tls.key"], key);
        Assert.Contains("not the private key", Assert.Throws<TrustException>(Load).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["tls.pem"], "nothing");
        Assert.Contains("tls.pem", Assert.Throws<TrustException>(Load).Message, StringComparison.Ordinal);
    }

    private string Create(params string[] names) => TlsCertificate.Create(_folder["tls.pem"], _folder["tls.key"], names, _time, TimeSpan.FromDays(30));

    private TlsIdentity Load() =>
        new(new TlsOptions { CertificateFile = _folder["tls.pem"], KeyFile = _folder["tls.key"] }, _time, NullLogger<TlsIdentity>.Instance);
}

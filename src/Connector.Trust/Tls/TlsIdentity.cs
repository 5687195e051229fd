using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Connector.Trust.Keys;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Tls;

/// <summary>This connector's TLS certificate with its key. A replaced file is taken up within seconds, for new connections.</summary>
public sealed class TlsIdentity
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TlsOptions _options;
    private readonly ILogger<TlsIdentity> _log;
    private readonly FileWatch _watch;
    private Loaded _loaded;

    /// <exception cref="TrustException">A file that is missing, cannot be read, is open to others, or does not fit the other.</exception>
    public TlsIdentity(TlsOptions options, TimeProvider time, ILogger<TlsIdentity> log)
    {
        _options = options;
        _log = log;
        _watch = new FileWatch(() => [options.CertificateFile, options.KeyFile], time, Period);
        _loaded = Load();
    }

    /// <summary>The certificate, with its private key.</summary>
    public X509Certificate2 Certificate => Current.Certificate;

    /// <summary>The certificate's pin: base64url SHA-256 of its DER.</summary>
    public string Pin => Current.Pin;

    /// <summary>The certificate with its chain, for either side of a connection.</summary>
    public SslStreamCertificateContext Context => Current.Context;

    private Loaded Current
    {
        get
        {
            if (_watch.Changed())
                Reload();
            return _loaded;
        }
    }

    private void Reload()
    {
        try
        {
            _loaded = Load();
            Log.CertificateLoaded(_log, _loaded.Certificate.Subject, _loaded.Pin, _loaded.Certificate.NotAfter.ToUniversalTime());
        }
        catch (TrustException fault)
        {
            Log.CertificateNotReloaded(_log, fault.Message);
        }
    }

    private Loaded Load()
    {
        var key = SecretFile.Read(_options.KeyFile);
        var all = Pem.Certificates(_options.CertificateFile);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(all[0].ExportCertificatePem(), key);
            all.RemoveAt(0);
            return new Loaded(certificate, CertificatePin.Of(certificate), SslStreamCertificateContext.Create(certificate, all, offline: true));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new TrustException($"{_options.KeyFile}: not the private key (PEM) of the certificate in {_options.CertificateFile}", fault);
        }
    }

    private sealed record Loaded(X509Certificate2 Certificate, string Pin, SslStreamCertificateContext Context);
}

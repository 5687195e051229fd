namespace Connector.Trust.Tls;

/// <summary>TLS towards peers. Version 1.3 always.</summary>
public sealed record TlsOptions
{
    /// <summary>This connector's certificate, PEM; the certificates of the issuing authorities may follow it.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>The certificate's private key, PEM, readable by its owner only.</summary>
    public required string KeyFile { get; init; }

    public ClientCertificates ClientCertificates { get; init; } = ClientCertificates.Allowed;

    /// <summary>Certificates, PEM, of the authorities whose client certificates are accepted; null for none.</summary>
    public string? ClientAuthorityFile { get; init; }

    /// <summary>Present the certificate as a client too, and bind self-issued tokens to it (RFC 8705).</summary>
    public bool PresentAsClient { get; init; } = true;
}

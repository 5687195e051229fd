using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Connector.ControlPlane.Participants;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Connector.Trust.Tls;

/// <summary>How connections between connectors are secured, for both sides: TLS 1.3, certificates by pin or by authority.</summary>
public sealed class TlsPolicy
{
    private readonly TlsIdentity _identity;
    private readonly TlsOptions _options;
    private readonly IPeerDirectory _peers;
    private readonly TimeProvider _time;
    private readonly X509Certificate2Collection _authorities;

    /// <exception cref="TrustException">The file of client authorities cannot be read.</exception>
    public TlsPolicy(TlsIdentity identity, TlsOptions options, IPeerDirectory peers, TimeProvider time)
    {
        _identity = identity;
        _options = options;
        _peers = peers;
        _time = time;
        _authorities = options.ClientAuthorityFile is { } file ? Pem.Certificates(file) : [];
    }

    /// <summary>The pin of the certificate that this connector presents as a client, or null when it presents none.</summary>
    public string? PresentedPin => _options.PresentAsClient ? _identity.Pin : null;

    /// <summary>For Kestrel: <c>listen.UseHttps(policy.Kestrel())</c>. A replaced certificate serves new connections.</summary>
    public TlsHandshakeCallbackOptions Kestrel() => new() { OnConnection = _ => ValueTask.FromResult(Server()) };

    /// <summary>For a server of its own.</summary>
    public SslServerAuthenticationOptions Server()
    {
        var options = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ServerCertificateContext = _identity.Context,
            ClientCertificateRequired = _options.ClientCertificates != ClientCertificates.None,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (options.ClientCertificateRequired)
            options.RemoteCertificateValidationCallback = ClientAccepted;
        return options;
    }

    /// <summary>For calls to one peer: <c>new SocketsHttpHandler { SslOptions = policy.Client(peer) }</c>.</summary>
    public SslClientAuthenticationOptions Client(PeerEntry peer)
    {
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = ServerCheck(peer),
        };
        if (_options.PresentAsClient)
            options.ClientCertificateContext = _identity.Context;
        return options;
    }

    /// <summary>Whether the certificate of the called server is this peer's: by its pins, or without any by the system's trust store and the name.</summary>
    public RemoteCertificateValidationCallback ServerCheck(PeerEntry peer)
    {
        IReadOnlyCollection<string> pins = peer.CertificatePins.IsDefault ? [] : peer.CertificatePins;
        return (_, certificate, chain, errors) =>
            CertificateRules.Server(certificate as X509Certificate2, chain, errors, pins, [], _time.GetUtcNow());
    }

    private bool ClientAccepted(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
    {
        var required = _options.ClientCertificates == ClientCertificates.Required;
        if (presented is not X509Certificate2 certificate)
            return !required;
        var now = _time.GetUtcNow();
        if (!CertificateRules.InForce(certificate, now))
            return false;
        return !required || IsPinned(CertificatePin.Of(certificate)) || CertificateRules.Client(certificate, chain, _authorities, now);
    }

    private bool IsPinned(string pin) =>
        _peers.All.Any(peer => !peer.CertificatePins.IsDefaultOrEmpty && peer.CertificatePins.Contains(pin));
}

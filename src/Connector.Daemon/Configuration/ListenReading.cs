using System.Net;
using Connector.Trust.Tls;

namespace Connector.Daemon.Configuration;

/// <summary>Reads the section <c>listen</c>.</summary>
internal static class ListenReading
{
    public static (ListenersOptions Listen, TlsOptions Tls) Read(Section section)
    {
        var (peers, tls) = section.Read("peers", Peers);
        return (new ListenersOptions(peers, section.Read("management", Management), section.Read("dsp", Dsp)), tls);
    }

    private static (PeerListenerOptions Listen, TlsOptions Tls) Peers(Section section) => (
        new PeerListenerOptions(
            section.Address("address", IPAddress.Any),
            section.Integer("port", 7443, 0, 65_535),
            section.Url("publicAddress", "https")),
        section.Read("tls", Tls));

    private static DspListenerOptions? Dsp(Section section)
    {
        const int None = -1;
        var port = section.Integer("port", None, 0, 65_535);
        var options = new DspListenerOptions(
            section.Address("address", IPAddress.Any), port, section.OneOf("tls", true, ("on", true), ("off", false)), section.Url("publicAddress", "https", "http"));
        if (!options.Tls && !IPAddress.IsLoopback(options.Address))
        {
            section.Fault("tls", $"is off, and {options.Address} is reached from other machines", "leave tls on, or bind to 127.0.0.1");
        }

        return port == None ? null : options;
    }

    private static TlsOptions Tls(Section section)
    {
        var options = new TlsOptions
        {
            CertificateFile = section.FilePath("certificate", "keys/tls.crt"),
            KeyFile = section.FilePath("key", "keys/tls.key"),
            ClientCertificates = section.OneOf(
                "clientCertificates",
                ClientCertificates.Allowed,
                ("none", ClientCertificates.None),
                ("allowed", ClientCertificates.Allowed),
                ("required", ClientCertificates.Required)),
            ClientAuthorityFile = section.OptionalPath("ca"),
            PresentAsClient = section.OneOf("presentAsClient", true, ("true", true), ("false", false)),
        };
        if (options.ClientAuthorityFile is not null && options.ClientCertificates == ClientCertificates.None)
        {
            section.Fault("ca", "is given, and client certificates are not asked for", "set clientCertificates to allowed or required, or leave ca out");
        }

        return options;
    }

    private static ManagementListenerOptions Management(Section section) => new(
        section.Address("address", IPAddress.Loopback),
        section.Integer("port", 7444, 0, 65_535),
        section.FilePath("tokenFile", "operator.token"));
}

using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Connector.Cli.Remote;
using Connector.Daemon.Configuration;

namespace Connector.Cli.Local;

/// <summary>Finds the management API of the connector that a configuration file describes.</summary>
internal static class OwnManagement
{
    /// <exception cref="Failure">The configuration has faults, or a file that it names cannot be read.</exception>
    public static ManagementAddress Find(string configuration) => Find(Configured(configuration));

    public static ManagementAddress Find(ConnectorOptions options)
    {
        var listen = options.Listen.Management;
        if (listen.Port == 0)
        {
            throw new Failure("listen.management.port is 0 (any free port), so that its number is not known here", "give it a fixed port");
        }

        return new ManagementAddress(AddressOf(listen), Token(listen.TokenFile), Pin(options.Trust.Tls.CertificateFile));
    }

    /// <summary>The configuration, or a failure that lists all its faults.</summary>
    public static ConnectorOptions Configured(string configuration)
    {
        var result = ConfigurationReader.Read(configuration);
        return result.Options ?? throw new Failure(
            string.Join('\n', ["the configuration has faults", .. result.Faults.Select(f => f.ToString())]),
            "mend them, and look again with 'connector config check'");
    }

    private static Uri AddressOf(ManagementListenerOptions listen)
    {
        var host = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : listen.Address;
        return new UriBuilder(Uri.UriSchemeHttps, host.ToString(), listen.Port).Uri;
    }

    private static string Token(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Failure($"the operator token {path} cannot be read: {e.Message}", "run this as the connector's operator, or check listen.management.tokenFile");
        }
    }

    private static string Pin(string path)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(path));
            return Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new Failure($"the certificate {path} cannot be read: {e.Message}", "check listen.peers.tls.certificate");
        }
    }
}

using System.Net;

namespace Connector.Daemon.Configuration;

/// <summary>Where the connector answers: other connectors on one port, its operator on another.</summary>
public sealed record ListenersOptions(PeerListenerOptions Peers, ManagementListenerOptions Management);

/// <summary>The port for other connectors. TLS 1.3 always.</summary>
/// <param name="Address">The address to bind.</param>
/// <param name="Port">TCP port; 0 takes any free one.</param>
/// <param name="PublicAddress">How peers reach it from outside, e.g. <c>https://connector.example.jp:7443</c>; null derives it from the bound port.</param>
public sealed record PeerListenerOptions(IPAddress Address, int Port, Uri? PublicAddress, TlsOptions Tls);

/// <summary>The port for the operator's API. Loopback unless told otherwise; same certificate as for peers.</summary>
/// <param name="Port">TCP port; 0 takes any free one.</param>
/// <param name="TokenFile">File with the operator's token; whoever can read it is the operator.</param>
public sealed record ManagementListenerOptions(IPAddress Address, int Port, string TokenFile);

/// <summary>The connector's TLS identity, and what it asks of callers.</summary>
/// <param name="Certificate">PEM file, leaf first.</param>
/// <param name="Key">PEM file of its private key.</param>
/// <param name="ClientCertificates">Whether callers must show one; their tokens are then bound to it (RFC 8705).</param>
/// <param name="Authority">PEM file of the authorities that clients' certificates must chain to; null leaves it to the pins of the peer documents.</param>
public sealed record TlsOptions(string Certificate, string Key, ClientCertificates ClientCertificates, string? Authority);

/// <summary>Mutual TLS on the peers' port.</summary>
public enum ClientCertificates
{
    /// <summary>Not asked for.</summary>
    None,

    /// <summary>No call without one.</summary>
    Required,
}

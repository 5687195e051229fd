using System.Net;

namespace Connector.Daemon.Configuration;

/// <summary>Where the connector answers: other connectors on one port, its operator on another; with one TLS certificate.</summary>
public sealed record ListenersOptions(PeerListenerOptions Peers, ManagementListenerOptions Management);

/// <summary>The port for other connectors. TLS 1.3 always, as <see cref="Connector.Trust.TrustOptions.Tls"/> says.</summary>
/// <param name="Address">The address to bind.</param>
/// <param name="Port">TCP port; 0 takes any free one.</param>
/// <param name="PublicAddress">How peers reach it from outside, e.g. <c>https://connector.example.jp:7443</c>; null derives it from the bound port.</param>
public sealed record PeerListenerOptions(IPAddress Address, int Port, Uri? PublicAddress);

/// <summary>The port for the operator's API. Loopback unless told otherwise.</summary>
/// <param name="Address">The address to bind.</param>
/// <param name="Port">TCP port; 0 takes any free one.</param>
/// <param name="TokenFile">File with the operator's token; whoever can read it is the operator.</param>
public sealed record ManagementListenerOptions(IPAddress Address, int Port, string TokenFile);

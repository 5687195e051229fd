using System.Net;

namespace Connector.Daemon.Configuration;

/// <summary>Where the connector answers: other connectors on one port, its operator on another; with one TLS certificate.</summary>
/// <param name="Dsp">A port of its own for the Dataspace Protocol; null serves it on the port for other connectors only.</param>
public sealed record ListenersOptions(PeerListenerOptions Peers, ManagementListenerOptions Management, DspListenerOptions? Dsp = null);

/// <summary>A port for the Dataspace Protocol alone.</summary>
/// <param name="Address">The address to bind.</param>
/// <param name="Port">TCP port; 0 takes any free one.</param>
/// <param name="Tls">Whether it is encrypted; only on a loopback address may it not be.</param>
/// <param name="PublicAddress">How peers reach it from outside; null derives it from the bound port.</param>
public sealed record DspListenerOptions(IPAddress Address, int Port, bool Tls, Uri? PublicAddress);

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

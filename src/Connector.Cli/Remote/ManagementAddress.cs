namespace Connector.Cli.Remote;

/// <summary>How to reach a connector's management API, and as whom.</summary>
/// <param name="Uri">Its address, <c>https://host:port</c>.</param>
/// <param name="Token">The operator's token.</param>
/// <param name="CertificatePin">base64url SHA-256 of the DER of the certificate it must show.</param>
internal sealed record ManagementAddress(Uri Uri, string Token, string CertificatePin);

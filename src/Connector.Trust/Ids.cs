using System.Buffers.Text;
using System.Security.Cryptography;
using Connector.ControlPlane;

namespace Connector.Trust;

/// <summary>
/// Ids of a running connector: UUID version 7 (RFC 9562 §5.7; ids made later sort later, which keeps indexes compact) and secrets
/// from the system's generator.
/// </summary>
public sealed class Ids(TimeProvider time) : IIds
{
    private const int SecretBytes = 32;

    public string NewId() => $"urn:uuid:{Guid.CreateVersion7(time.GetUtcNow()):D}";

    public string NewSecret()
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return Base64Url.EncodeToString(secret);
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Connector.ControlPlane.Transfers;

/// <summary>Access tokens of transfers. Only their hashes are stored, so that a stolen store opens nothing.</summary>
public static class TransferTokens
{
    /// <summary>base64url SHA-256 of a token.</summary>
    public static string Hash(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Whether a token is the one whose hash is stored, in constant time; a null hash matches nothing.</summary>
    public static bool Matches(string token, string? hash) =>
        hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(token)), Encoding.ASCII.GetBytes(hash));
}

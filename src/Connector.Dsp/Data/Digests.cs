namespace Connector.Dsp.Data;

/// <summary>Digest fields (RFC 9530) and entity tags of SHA-256 hashes.</summary>
internal static class Digests
{
    public const string Repr = "Repr-Digest";
    public const string Content = "Content-Digest";

    private const string Sha256 = "sha-256=:";

    public static string Field(ReadOnlySpan<byte> sha256) => $"{Sha256}{Convert.ToBase64String(sha256)}:";

    public static string ETag(ReadOnlySpan<byte> sha256) => $"\"{Convert.ToHexStringLower(sha256)}\"";

    /// <summary>The SHA-256 of a digest field; null when it has none that can be read.</summary>
    public static byte[]? Read(string? field)
    {
        foreach (var part in (field ?? "").Split(','))
        {
            var member = part.Trim();
            var hash = new byte[32];
            if (member.StartsWith(Sha256, StringComparison.OrdinalIgnoreCase) && member.EndsWith(':') && member.Length > Sha256.Length
                && Convert.TryFromBase64String(member[Sha256.Length..^1], hash, out var length) && length == hash.Length)
            {
                return hash;
            }
        }

        return null;
    }
}

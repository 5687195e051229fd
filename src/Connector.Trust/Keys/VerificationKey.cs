using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Connector.Trust.Keys;

/// <summary>A public ES256 key: P-256, signatures of 64 bytes (r and s; RFC 7518 §3.4). Usable from any thread.</summary>
public sealed class VerificationKey
{
    /// <summary>Length of an ES256 signature, bytes.</summary>
    public const int SignatureLength = 64;

    private readonly EcdsaPool _pool;

    internal VerificationKey(ECPoint point, string? declaredId)
    {
        _pool = new EcdsaPool(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        X = Base64Url.EncodeToString(point.X);
        Y = Base64Url.EncodeToString(point.Y);
        DeclaredId = declaredId;
        // RFC 7638 §3.2: the required members, sorted, without white space.
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""";
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
    }

    /// <summary>The point's coordinates, base64url.</summary>
    public string X { get; }

    /// <inheritdoc cref="X"/>
    public string Y { get; }

    /// <summary>The <c>kid</c> that the JWK named, or null.</summary>
    public string? DeclaredId { get; }

    /// <summary>The RFC 7638 thumbprint: SHA-256, base64url.</summary>
    public string Thumbprint { get; }

    /// <summary>Whether a <c>kid</c>, as written by this participant, means this key: its thumbprint or declared id, alone or after <c>did#</c>.</summary>
    public bool IsNamed(string keyId, string participantId)
    {
        var fragment = keyId.StartsWith(participantId, StringComparison.Ordinal) && keyId.Length > participantId.Length && keyId[participantId.Length] == '#'
            ? keyId.AsSpan(participantId.Length + 1)
            : keyId;
        return fragment.SequenceEqual(Thumbprint) || keyId == DeclaredId || (DeclaredId is not null && fragment.SequenceEqual(DeclaredId));
    }

    /// <summary>Whether the signature is this key's over the data's SHA-256.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return VerifyHash(hash, signature);
    }

    /// <summary>Whether the signature is this key's over the hash of 32 bytes.</summary>
    public bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
            return false;
        var key = _pool.Borrow();
        try
        {
            return key.VerifyHash(hash, signature);
        }
        finally
        {
            _pool.Return(key);
        }
    }
}

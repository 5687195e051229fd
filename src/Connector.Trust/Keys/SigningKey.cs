using System.Security.Cryptography;

namespace Connector.Trust.Keys;

/// <summary>One of this connector's own ES256 keys. Usable from any thread.</summary>
public sealed class SigningKey
{
    private readonly ECParameters _parameters;
    private readonly EcdsaPool _pool;

    private SigningKey(ECParameters parameters, string participantId)
    {
        _parameters = parameters;
        _pool = new EcdsaPool(parameters);
        Public = new VerificationKey(parameters.Q, null);
        Id = $"{participantId}#{Public.Thumbprint}";
    }

    /// <summary>The <c>kid</c>: <c>did:web:…#</c> and the RFC 7638 thumbprint.</summary>
    public string Id { get; }

    public VerificationKey Public { get; }

    /// <summary>Reads a PKCS#8 PEM text.</summary>
    /// <exception cref="FormatException">Not a PEM private key, or not on P-256.</exception>
    public static SigningKey FromPem(string pem, string participantId)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            if (parameters.Curve.Oid?.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new FormatException("the key is not on the curve P-256; make it with `connector init` or `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`");
            return new SigningKey(parameters, participantId);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            throw new FormatException("not an EC private key in PEM (-----BEGIN PRIVATE KEY-----)", fault);
        }
    }

    /// <summary>A new key as PKCS#8 PEM text.</summary>
    public static string NewPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>ES256 over the data's SHA-256: 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return SignHash(hash);
    }

    /// <summary>ES256 over a hash of 32 bytes: 64 bytes, r and s.</summary>
    public byte[] SignHash(ReadOnlySpan<byte> hash)
    {
        var key = _pool.Borrow();
        try
        {
            return key.SignHash(hash);
        }
        finally
        {
            _pool.Return(key);
        }
    }

    /// <summary>A key object of the caller's own, for libraries that ask for one; the caller disposes of it.</summary>
    internal ECDsa Open() => ECDsa.Create(_parameters);
}

using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane.Participants;

namespace Connector.Testing;

/// <summary>Signatures that are cheap, not secret: who signed what, by a hash. For rules that only ask whether one fits.</summary>
public sealed class NamedSignatures(string id) : ISignatures
{
    public string SignJson(string json) => Signature(id, json);

    public string? VerifyJson(string participantId, string json, string jws) => jws == Signature(participantId, json) ? null : "does not fit";

    public byte[] SignHash(ReadOnlySpan<byte> hash) => SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(id)]);

    public bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) => signature.SequenceEqual(SignHash(hash));

    private static string Signature(string signer, string json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{signer}\n{json}")));
}

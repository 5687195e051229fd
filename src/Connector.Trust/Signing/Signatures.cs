using Connector.ControlPlane.Participants;
using Connector.Trust.Keys;

namespace Connector.Trust.Signing;

/// <summary>Signs with the newest of this connector's keys; verifies by all of them, or by the keys of the peer's document.</summary>
public sealed class Signatures(KeyRing own, IPeerDirectory peers, PeerKeys peerKeys) : ISignatures
{
    /// <exception cref="FormatException">The text is not JSON that can be canonicalized.</exception>
    public string SignJson(string json) => DetachedJws.Sign(json, own.Current);

    public string? VerifyJson(string participantId, string json, string jws)
    {
        if (participantId == own.ParticipantId)
            return DetachedJws.Verify(json, jws, FindOwn);
        if (peers.ById(participantId) is not { } peer)
            return $"no peer document names '{Shown.Of(participantId)}', so its keys are not known; apply one";
        return DetachedJws.Verify(json, jws, keyId => peerKeys.Find(peer, keyId));
    }

    public byte[] SignHash(ReadOnlySpan<byte> hash) => own.Current.SignHash(hash);

    public bool VerifyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        var keys = own.All;
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            if (keys[i].Public.VerifyHash(hash, signature))
                return true;
        }

        return false;
    }

    private VerificationKey? FindOwn(string keyId)
    {
        foreach (var key in own.All)
        {
            if (key.Public.IsNamed(keyId, own.ParticipantId))
                return key.Public;
        }

        return null;
    }
}

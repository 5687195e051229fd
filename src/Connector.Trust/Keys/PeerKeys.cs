using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Connector.ControlPlane.Participants;
using Microsoft.Extensions.Logging;

namespace Connector.Trust.Keys;

/// <summary>
/// The parsed keys of peers, kept beside each <see cref="PeerEntry"/> object for as long as it lives: a newly applied document is
/// a new object, and so its keys are read anew.
/// </summary>
public sealed class PeerKeys(ILogger<PeerKeys> log)
{
    /// <summary>Most keys read of one peer document.</summary>
    public const int MaximumKeys = 16;

    private readonly ConditionalWeakTable<PeerEntry, StrongBox<ImmutableArray<VerificationKey>>> _parsed = [];

    /// <summary>The usable keys of the peer; unusable ones are logged once and left out.</summary>
    public ImmutableArray<VerificationKey> Of(PeerEntry peer) =>
        _parsed.TryGetValue(peer, out var keys) ? keys.Value : _parsed.GetValue(peer, Parse).Value;

    /// <summary>The peer's key that it calls by this <c>kid</c>, or null.</summary>
    public VerificationKey? Find(PeerEntry peer, string keyId) => Find(Of(peer), keyId, peer.ParticipantId);

    internal static VerificationKey? Find(ImmutableArray<VerificationKey> keys, string keyId, string participantId)
    {
        foreach (var key in keys)
        {
            if (key.IsNamed(keyId, participantId))
                return key;
        }

        return null;
    }

    private StrongBox<ImmutableArray<VerificationKey>> Parse(PeerEntry peer)
    {
        var keys = ImmutableArray.CreateBuilder<VerificationKey>();
        for (var i = 0; i < Math.Min(peer.Keys.Length, MaximumKeys); i++)
        {
            try
            {
                keys.Add(Jwk.Read(peer.Keys[i]));
            }
            catch (FormatException fault)
            {
                Log.PeerKeyUnusable(log, peer.Name, i, fault.Message);
            }
        }

        return new StrongBox<ImmutableArray<VerificationKey>>(keys.ToImmutable());
    }
}

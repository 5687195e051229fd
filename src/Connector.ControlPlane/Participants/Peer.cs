using Connector.Policies;

namespace Connector.ControlPlane.Participants;

/// <summary>An authenticated caller: all that later decisions may rely on. Every way of trust ends in one of these.</summary>
/// <param name="ParticipantId">The participant's DID.</param>
/// <param name="Claims">Verified claims by name (<c>membership</c>, <c>corporateNumber</c>, <c>bpn</c>, <c>lei</c> …), each with its source.</param>
/// <param name="Source">What vouches for the identity, such as <c>pinned peer document acme</c>.</param>
/// <param name="ValidUntil">When the proof ends.</param>
public sealed record Peer(string ParticipantId, IReadOnlyDictionary<string, Claim> Claims, string Source, DateTimeOffset ValidUntil);

using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane.Participants;

namespace Connector.Trust.Tokens;

/// <summary>One peer that is known by a token that never changes, or by calling at all: for conformance runs on one machine.</summary>
/// <param name="Name">The domain's name, by which the Peer document refers to it.</param>
/// <param name="Participant">The peer's participant id.</param>
/// <param name="Token">The value of its <c>Authorization</c>; null takes calls that have none.</param>
public sealed record StaticDomainOptions(string Name, string Participant, string? Token);

/// <summary>Knows the peer of a <see cref="StaticDomainOptions"/>.</summary>
public sealed class StaticDomain(StaticDomainOptions options, IPeerDirectory peers, TimeProvider time)
{
    private static readonly TimeSpan s_valid = TimeSpan.FromMinutes(5);

    public string Name => options.Name;

    public string? Token => options.Token;

    /// <summary>The peer when the token is its own; null when it is another's.</summary>
    public Peer? Authenticate(string? token) => Matches(token) && peers.ById(options.Participant) is { } entry && entry.Trust == Name
        ? new Peer(entry.ParticipantId, entry.Claims, $"static token of trust domain {Name}", time.GetUtcNow() + s_valid)
        : null;

    private bool Matches(string? token) => options.Token is { } expected
        ? token is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)))
        : string.IsNullOrEmpty(token);
}

using System.Collections.Immutable;
using Connector.Trust.Oidc;
using Connector.Trust.Tls;
using Connector.Trust.Tokens;

namespace Connector.Trust;

/// <summary>Everything that is configured about this connector's identity and whom it trusts.</summary>
public sealed record TrustOptions
{
    /// <summary>This connector's DID.</summary>
    public required string ParticipantId { get; init; }

    /// <summary>The folder of its signing keys.</summary>
    public required string KeysFolder { get; init; }

    public required TlsOptions Tls { get; init; }

    public TokenOptions Tokens { get; init; } = new();

    /// <summary>The OAuth trust domains; pinned peers need none.</summary>
    public ImmutableArray<OidcOptions> Domains { get; init; } = [];

    /// <summary>Peers known by a token that never changes, on this machine alone.</summary>
    public ImmutableArray<StaticDomainOptions> StaticDomains { get; init; } = [];
}

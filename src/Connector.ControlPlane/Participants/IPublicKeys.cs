using System.Collections.Immutable;

namespace Connector.ControlPlane.Participants;

/// <summary>This connector's public signing keys, for documents that others read.</summary>
public interface IPublicKeys
{
    /// <summary>JWK texts, newest first. Each has its <c>kid</c>, a DID URL of this participant.</summary>
    ImmutableArray<string> PublicJwks { get; }
}

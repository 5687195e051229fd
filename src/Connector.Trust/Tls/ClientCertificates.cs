namespace Connector.Trust.Tls;

/// <summary>Whether a server asks its callers for TLS client certificates.</summary>
public enum ClientCertificates
{
    /// <summary>Asked for, not required. One that is presented proves possession of its key, and tokens may be bound to it.</summary>
    Allowed,

    /// <summary>Required: it must be pinned by a peer document, or chain to the configured authority.</summary>
    Required,

    /// <summary>Not asked for.</summary>
    None,
}

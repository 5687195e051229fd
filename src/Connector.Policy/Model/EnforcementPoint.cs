namespace Connector.Policies;

/// <summary>Where a decision is made.</summary>
public enum EnforcementPoint
{
    /// <summary>Whether a peer may know of an offer.</summary>
    Catalog,

    /// <summary>Whether a contract may be made.</summary>
    Negotiation,

    /// <summary>Whether data may flow: at the start of a transfer.</summary>
    Transfer,

    /// <summary>Whether data may go on flowing while a transfer runs.</summary>
    During,

    /// <summary>Whether the consumer may use what it has.</summary>
    Use,
}

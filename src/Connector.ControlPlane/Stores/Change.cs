using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Stores;

/// <summary>All that one decision writes: either the whole of it is stored, durably, or nothing.</summary>
/// <remarks>Each versioned record must be the successor of the stored one (<c>Version</c> 1 inserts), else the change is a conflict.</remarks>
public sealed record Change
{
    public ImmutableArray<Negotiation> Negotiations { get; init; } = [];

    public ImmutableArray<Agreement> Agreements { get; init; } = [];

    public ImmutableArray<Transfer> Transfers { get; init; } = [];

    /// <summary>New ones; of each agreement the newest <see cref="RefusedTransfer.Kept"/> stay.</summary>
    public ImmutableArray<RefusedTransfer> RefusedTransfers { get; init; } = [];

    /// <summary>New effects, in the order in which they are to be performed.</summary>
    public ImmutableArray<Effect> Effects { get; init; } = [];

    /// <summary>Ids of effects that are done with.</summary>
    public ImmutableArray<string> Done { get; init; } = [];

    public ImmutableArray<EvidenceDraft> Evidence { get; init; } = [];

    /// <summary>Documents to insert or replace, by kind and name.</summary>
    public ImmutableArray<Document> Documents { get; init; } = [];

    /// <summary>Documents to delete.</summary>
    public ImmutableArray<DocumentKey> DeletedDocuments { get; init; } = [];
}

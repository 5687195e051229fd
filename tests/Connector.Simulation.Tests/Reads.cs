using System.Collections.Immutable;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;

namespace Connector.Simulation.Tests;

/// <summary>What a node's store holds, whether its process runs or not.</summary>
internal static class Reads
{
    private static readonly Page s_all = new(Limit: 1000);

    public static ImmutableArray<Negotiation> Negotiations(this Node node) => Life.Now(((INegotiationStore)node.Store).ListAsync(s_all, default));

    public static ImmutableArray<Agreement> Agreements(this Node node) => Life.Now(((IAgreementStore)node.Store).ListAsync(s_all, default));

    public static ImmutableArray<Transfer> Transfers(this Node node) => Life.Now(((ITransferStore)node.Store).ListAsync(s_all, default));

    public static ImmutableArray<RefusedTransfer> RefusedTransfers(this Node node) => Life.Now(((IRefusedTransferStore)node.Store).ListAsync(s_all, default));

    public static ImmutableArray<EvidenceEntry> Evidence(this Node node) => [.. ((IEvidenceStore)node.Store).ReadAsync(1, default).ToBlockingEnumerable()];
}

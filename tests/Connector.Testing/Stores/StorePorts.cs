using Connector.ControlPlane.Stores;

namespace Connector.Testing.Stores;

/// <summary>The ports of one store.</summary>
public sealed record StorePorts(
    IStore Store,
    INegotiationStore Negotiations,
    IAgreementStore Agreements,
    ITransferStore Transfers,
    IRefusedTransferStore RefusedTransfers,
    IEffectStore Effects,
    IEvidenceStore Evidence,
    IDocumentStore Documents)
{
    /// <summary>Of a store whose reads are all in one object.</summary>
    public static StorePorts Of<TReads>(IStore store, TReads reads)
        where TReads : INegotiationStore, IAgreementStore, ITransferStore, IRefusedTransferStore, IEffectStore, IEvidenceStore, IDocumentStore =>
        new(store, reads, reads, reads, reads, reads, reads, reads);
}

using System.Collections.Immutable;
using Connector.ControlPlane.Catalogs;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>Catalogs between protobuf and the control plane.</summary>
public static class CatalogWire
{
    public static V1.Catalog Write(Catalog catalog) => new()
    {
        Id = catalog.Id,
        ParticipantId = catalog.ParticipantId,
        Datasets = { catalog.Datasets.Select(Write) },
        Continuation = catalog.Continuation ?? "",
    };

    public static V1.Dataset Write(CatalogDataset dataset)
    {
        var wire = new V1.Dataset
        {
            Id = dataset.Id,
            Title = { dataset.Title },
            Profile = dataset.Profile ?? "",
            ContentType = dataset.ContentType ?? "",
            Sha256 = dataset.Sha256 ?? "",
            Formats = { dataset.Formats },
            Offers = { dataset.Offers.Select(o => new V1.CatalogOffer { Id = o.Id, Policy = o.Policy }) },
        };
        if (dataset.Size is { } size)
        {
            wire.Size = size;
        }

        return wire;
    }

    public static Catalog Read(V1.Catalog wire) => new(wire.Id, wire.ParticipantId, [.. wire.Datasets.Select(Read)], wire.Continuation.Length == 0 ? null : wire.Continuation);

    public static CatalogDataset Read(V1.Dataset wire) => new(
        wire.Id,
        wire.Title.ToImmutableSortedDictionary(),
        wire.Profile.Length == 0 ? null : wire.Profile,
        wire.ContentType.Length == 0 ? null : wire.ContentType,
        wire.HasSize ? wire.Size : null,
        wire.Sha256.Length == 0 ? null : wire.Sha256,
        [.. wire.Formats],
        [.. wire.Offers.Select(o => new CatalogOffer(o.Id, o.Policy))]);
}

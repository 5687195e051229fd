using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Catalogs;
using Connector.Grpc.Errors;
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

    public static Catalog Read(V1.Catalog wire) => new(
        WireChecks.Id(wire.Id, "id"), WireChecks.Id(wire.ParticipantId, "participant_id"), [.. wire.Datasets.Select(Read)], WireChecks.OptionalId(wire.Continuation, "continuation"));

    public static CatalogDataset Read(V1.Dataset wire) => new(
        WireChecks.Id(wire.Id, "datasets.id"),
        Title(wire),
        WireChecks.OptionalId(wire.Profile, "datasets.profile"),
        WireChecks.OptionalId(wire.ContentType, "datasets.content_type"),
        wire.HasSize ? wire.Size : null,
        WireChecks.OptionalId(wire.Sha256, "datasets.sha256"),
        WireChecks.Texts(wire.Formats, "datasets.formats"),
        [.. wire.Offers.Select(o => new CatalogOffer(WireChecks.Id(o.Id, "datasets.offers.id"), WireChecks.Json(o.Policy, "datasets.offers.policy", WireChecks.MaxPolicy)))]);

    private static ImmutableSortedDictionary<string, string> Title(V1.Dataset wire) => wire.Title.Count <= WireChecks.MaxList
        ? wire.Title.ToImmutableSortedDictionary(t => WireChecks.Id(t.Key, "datasets.title"), t => WireChecks.Line(t.Value, "datasets.title", WireChecks.MaxText))
        : throw Refusal.Malformed("datasets.title", $"is in {wire.Title.Count} languages, at most {WireChecks.MaxList} are taken", "leave some out").ToRpcException();
}

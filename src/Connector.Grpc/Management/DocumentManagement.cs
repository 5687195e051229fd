using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Publications;
using Connector.Grpc.Errors;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Documents, for the operator.</summary>
public sealed class DocumentManagement(PublicationService publications, Library library) : V1.DocumentService.DocumentServiceBase
{
    public override async Task<V1.ApplyReply> Apply(V1.ApplyRequest request, ServerCallContext context)
    {
        var files = request.Files.Select(f => new DocumentFile(f.Path, Path.IsPathRooted(f.Folder) ? f.Folder : "/", f.Text)).ToList();
        var outcome = await publications.ApplyAsync(files, request.DryRun, context.CancellationToken);
        return new V1.ApplyReply
        {
            Changes = { outcome.Changes.Select(c => new V1.DocumentChange { Kind = c.Kind.ToString(), Name = c.Name, Action = c.Action.ToString().ToLowerInvariant(), Diff = c.Diff }) },
            Faults = { outcome.Faults.Select(ManagementWire.Write) },
        };
    }

    public override Task<V1.ListDocumentsReply> List(V1.ListDocumentsRequest request, ServerCallContext context) => Task.FromResult(new V1.ListDocumentsReply
    {
        Documents =
        {
            library.Current.Documents.Values
                .Where(d => (request.Kind.Length == 0 || d.Kind == ManagementWire.ReadKind(request.Kind)) && (request.Name.Length == 0 || d.Name == request.Name))
                .OrderBy(d => d.Kind).ThenBy(d => d.Name, StringComparer.Ordinal).Select(ManagementWire.Write),
        },
    });

    public override async Task<V1.DeleteDocumentReply> Delete(V1.DeleteDocumentRequest request, ServerCallContext context)
    {
        (await publications.DeleteAsync(new DocumentKey(ManagementWire.ReadKind(request.Kind), WireChecks.Id(request.Name, "name")), context.CancellationToken)).OrThrow();
        return new V1.DeleteDocumentReply();
    }
}

/// <summary>Peers' catalogs, for the operator.</summary>
public sealed class CatalogManagement(CatalogService catalogs) : V1.CatalogService.CatalogServiceBase
{
    public override Task<V1.PeerCatalog> Request(V1.RequestCatalogRequest request, ServerCallContext context) =>
        catalogs.RequestAsync(WireChecks.Id(request.Peer, "peer"), ManagementWire.ReadBinding(request.Binding), context.CancellationToken).AnswerAsync(Write);

    private static V1.PeerCatalog Write(Catalog catalog) => new() { ParticipantId = catalog.ParticipantId, Datasets = { catalog.Datasets.Select(Write) } };

    private static V1.CatalogDataset Write(CatalogDataset dataset)
    {
        var wire = new V1.CatalogDataset
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
}

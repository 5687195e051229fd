using Connector.ControlPlane;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Errors;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Connector.Dsp.Endpoints;

/// <summary>The catalog, for peers (DSP 2025-1, catalog HTTPS binding).</summary>
internal sealed class CatalogEndpoints(CatalogService catalogs, DspGate gate, Participant self)
{
    private const string Continuation = "continuation";

    private readonly MessageReader<CatalogRequestDocument, CatalogQuery> _request = new("CatalogRequestMessage", DspJson.Strict.CatalogRequestDocument, d => FilterWire.Read(d.Filter));

    public void Map(IEndpointRouteBuilder at, DspVersion version)
    {
        at.MapPost(version.Path + "/catalog/request", gate.Behind(version, ErrorShape.Catalog, CatalogAsync));
        at.MapGet(version.Path + "/catalog/datasets/{**id}", gate.Behind(version, ErrorShape.Catalog, DatasetAsync));
    }

    private async ValueTask<Result<Answer>> CatalogAsync(DspCall call)
    {
        var query = await call.ReadAsync(_request, call.Cancel);
        if (call.Http.Request.Query[Continuation] is [{ Length: > 0 } page])
        {
            query = query with { Continuation = page };
        }

        if (!(await catalogs.ForAsync(call.Caller, query, call.Cancel)).Try(out var catalog, out var refusal))
        {
            return refusal;
        }

        Link(call, "next", catalog.Continuation);
        Link(call, "previous", catalog.Previous);
        return new Answer(CatalogWire.Write(catalog, DspAddresses.ServiceId(self), Base(call.Version)));
    }

    private async ValueTask<Result<Answer>> DatasetAsync(DspCall call)
    {
        var id = Uri.UnescapeDataString(WireChecks.Id(call.Http.Request.RouteValues["id"] as string, "id"));
        return (await catalogs.DatasetAsync(call.Caller, id, call.Cancel)).Try(out var dataset, out var refusal) ? new Answer(CatalogWire.Write(dataset, DspAddresses.ServiceId(self))) : refusal;
    }

    // RFC 8288; the request is posted again to the link.
    private void Link(DspCall call, string relation, string? continuation)
    {
        if (continuation is not null)
        {
            var headers = call.Http.Response.Headers;
            headers.Link = StringValues.Concat(headers.Link, $"<{Base(call.Version)}/catalog/request?{Continuation}={Uri.EscapeDataString(continuation)}>; rel=\"{relation}\"");
        }
    }

    private string Base(DspVersion version) => DspAddresses.Root(self) + version.Path;
}

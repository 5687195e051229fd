using System.Text.Json;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Connector.Dsp.Endpoints;

/// <summary>Which versions are spoken, and where: for everybody, without a token (DSP 2025-1, exposure of versions).</summary>
internal sealed class VersionEndpoint(DspRoomOptions options, Participant self)
{
    private readonly byte[] _document = JsonSerializer.SerializeToUtf8Bytes(
        new VersionsDocument
        {
            ProtocolVersions = [.. DspVersion.All.Select(v => new VersionDocument { Version = v.Name, Path = v.Path, Binding = "HTTPS", ServiceId = CatalogEndpoints.ServiceId(self), IdentifierType = Identifier(self.Id) })],
        },
        DspJson.Strict.VersionsDocument);

    public void Map(IEndpointRouteBuilder at) => at.MapGet("/.well-known/dspace-version", AnswerAsync);

    private async Task AnswerAsync(HttpContext http)
    {
        if (!options.Ports.Contains(http.Connection.LocalPort))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/json";
        await Compression.WriteAsync(http, _document);
    }

    // The scheme that participants are named by: did:web, urn …
    private static string Identifier(string id) => id.Split(':') is ["did", var method, ..] ? $"did:{method}" : id.Split(':')[0];
}

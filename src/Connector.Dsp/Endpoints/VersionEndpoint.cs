using Connector.ControlPlane.Participants;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Connector.Dsp.Endpoints;

/// <summary>Which versions are spoken, and where: for everybody, without a token (DSP 2025-1, exposure of versions).</summary>
internal sealed class VersionEndpoint(PublicAnswers answers, Participant self)
{
    private readonly byte[] _document = VersionWire.Write(self);

    public void Map(IEndpointRouteBuilder at) => at.MapGet(DspAddresses.VersionDocument, http => answers.WriteAsync(http, _document));
}

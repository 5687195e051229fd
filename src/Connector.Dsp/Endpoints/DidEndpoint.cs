using Connector.ControlPlane.Participants;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Connector.Dsp.Endpoints;

/// <summary>This connector's DID document, where <c>did:web</c> has it looked for. A key that was added or taken away shows with the next call.</summary>
internal sealed class DidEndpoint(PublicAnswers answers, Participant self, IPublicKeys keys)
{
    /// <summary>Maps nothing for a participant whose id is no <c>did:web</c>.</summary>
    public void Map(IEndpointRouteBuilder at)
    {
        if (DidWire.PathOf(self.Id) is { } path)
        {
            at.MapGet(path.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), http => answers.WriteAsync(http, DidWire.Write(self, keys.PublicJwks)));
        }
    }
}

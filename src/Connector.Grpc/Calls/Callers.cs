using Connector.ControlPlane.Participants;
using Grpc.Core;

namespace Connector.Grpc.Calls;

/// <summary>Who is behind a call.</summary>
internal static class Callers
{
    /// <summary>The authenticated caller; <see cref="CallGate"/> lets no peer's call pass without one.</summary>
    public static Peer Caller(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<Peer>() ?? throw new InvalidOperationException($"{context.Method} was reached without a caller");
}

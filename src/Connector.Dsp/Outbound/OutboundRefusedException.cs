using Connector.ControlPlane;

namespace Connector.Dsp.Outbound;

/// <summary>A call that was not made because it may not be.</summary>
public sealed class OutboundRefusedException(Refusal refusal) : IOException(refusal.ToString())
{
    public Refusal Refusal { get; } = refusal;
}

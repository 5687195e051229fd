namespace Connector.ControlPlane;

/// <summary>The way by which messages travel to and from a peer. A process never changes its binding half-way.</summary>
public enum Binding
{
    /// <summary><c>dataspace.peer.v1</c> over gRPC, the native binding.</summary>
    Grpc,

    /// <summary>Dataspace Protocol 2025-1 over HTTPS.</summary>
    Dsp,

    /// <summary>Dataspace Protocol 2024-1 over HTTPS, for peers that know no newer one.</summary>
    Dsp2024,
}

using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.ControlPlane.Participants;

/// <summary>A peer as the operator's <c>Peer</c> document describes it.</summary>
/// <param name="Name">The local name, used on the command line.</param>
/// <param name="ParticipantId">Its DID.</param>
/// <param name="GrpcAddress">Its gRPC address, or null.</param>
/// <param name="DspAddress">Its DSP base address, or null.</param>
/// <param name="Keys">Its public signing keys, each a JWK as JSON text. Empty when its keys come from elsewhere (OIDC).</param>
/// <param name="CertificatePins">SHA-256 of the DER of the TLS certificates it may present, base64url; empty means the system's trust store decides.</param>
/// <param name="Trust">The name of the trust domain by which it is known: <c>pinned</c> or one of the configuration's.</param>
/// <param name="Claims">Claims the operator vouches for by applying the document (business identifiers included).</param>
public sealed record PeerEntry(
    string Name,
    string ParticipantId,
    string? GrpcAddress,
    string? DspAddress,
    ImmutableArray<string> Keys,
    ImmutableArray<string> CertificatePins,
    string Trust,
    ImmutableDictionary<string, Claim> Claims)
{
    /// <summary>The version of the Dataspace Protocol that it speaks, as the binding that carries it; null where its document leaves that to be found out.</summary>
    public Binding? DspBinding { get; init; }

    /// <summary>
    /// The binding to talk to it by: the one asked for, else the best that it has an address for. Null when it is the Dataspace Protocol, in a
    /// version that has to be found out; <see cref="Binding.Dsp"/> as asked for means every version.
    /// </summary>
    public Binding? Choose(Binding? asked) => asked switch
    {
        null when GrpcAddress is not null => Binding.Grpc,
        null or Binding.Dsp => DspAddress is null ? DspBinding ?? Binding.Dsp : DspBinding,
        { } other => other,
    };
}

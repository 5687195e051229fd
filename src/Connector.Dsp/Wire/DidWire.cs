using System.Text.Json;
using Connector.ControlPlane.Participants;

namespace Connector.Dsp.Wire;

/// <summary>This connector's DID document: its public keys, and the services by which peers find it (DSP 2025-1, discovery of service endpoints; DCP 1.0, §4).</summary>
internal static class DidWire
{
    private const string Method = "did:web:";

    private static readonly string[] s_contexts = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1", DspDocument.StandardContext];

    /// <summary>The path at which the document of a <c>did:web</c> is looked for (did:web method specification, §3.2); null for a participant that is none.</summary>
    public static string? PathOf(string did) => !did.StartsWith(Method, StringComparison.Ordinal)
        ? null
        : did[Method.Length..].Split(':') is [_, .. { Length: > 0 } parts] ? $"/{string.Join('/', parts.Select(Uri.UnescapeDataString))}/did.json" : "/.well-known/did.json";

    /// <summary>The document.</summary>
    /// <param name="jwks">Public keys as JWK texts, each with its <c>kid</c>.</param>
    public static byte[] Write(Participant self, IEnumerable<string> jwks)
    {
        VerificationMethodDocument[] methods = [.. jwks.Select(jwk => KeyOf(self, NegotiationWire.Json(jwk)))];
        string[] ids = [.. methods.Select(m => m.Id!)];
        return JsonSerializer.SerializeToUtf8Bytes(
            new DidDocument { Context = s_contexts, Id = self.Id, VerificationMethod = methods, Authentication = ids, AssertionMethod = ids, CapabilityInvocation = ids, Service = [.. Services(self)] },
            DspJson.Strict.DidDocument);
    }

    private static VerificationMethodDocument KeyOf(Participant self, JsonElement jwk) =>
        new() { Id = jwk.GetProperty("kid").GetString(), Type = "JsonWebKey2020", Controller = self.Id, PublicKeyJwk = jwk };

    private static IEnumerable<DidServiceDocument> Services(Participant self)
    {
        yield return new DidServiceDocument { Id = self.Id + "#versions", Type = "DataService", ServiceEndpoint = DspAddresses.Root(self) + DspAddresses.VersionDocument };
        yield return new DidServiceDocument { Id = self.Id + "#catalog", Type = "CatalogService", ServiceEndpoint = self.DspAddress + "/catalog" };
        if (self.GrpcAddress is { } address)
        {
            // The native binding has no place in the standard's documents; its protocol's own name is its type.
            yield return new DidServiceDocument { Id = self.Id + "#grpc", Type = "dataspace.peer.v1", ServiceEndpoint = address };
        }
    }
}

// Shapes that the control plane is built against; each gives way to the engine of this room as it lands.
#pragma warning disable CA1822
using System.Collections.Immutable;
using System.Text.Json;
namespace Connector.Policies;
public enum EnforcementPoint { Catalog, Negotiation, Transfer, Use }
public sealed record Policy { public ImmutableArray<string> DeclaredPurposes => []; }
public sealed record Fault(string? File, int Line, int Column, string Path, string Message, string Mend);
public static class OdrlJson {
  public static bool TryRead(JsonElement e, out Policy policy, out ImmutableArray<Fault> faults) { policy = new(); faults = []; return true; }
  public static string ToJson(Policy p) => "{}";
}
public sealed class CompiledPolicy { public static CompiledPolicy Compile(Policy p) => new(); public Verdict Evaluate(EnforcementPoint at, Facts f) => new() { Permitted = true }; }
public sealed class Facts { public string ParticipantId { get; init; } = ""; public DateTimeOffset Now { get; init; } public DateTimeOffset? AgreementSignedAt { get; init; } public ImmutableArray<string> Purposes { get; init; } public IReadOnlyDictionary<string, Claim> Claims { get; init; } = null!; }
public sealed record Verdict { public bool Permitted { get; init; } public string Reason { get; init; } = ""; public string PeerReason { get; init; } = ""; public string? ReasonCode { get; init; } public DateTimeOffset? ChangesAt { get; init; } public string ToJson() => "{}"; }
public static class PolicyComparison { public static bool IsWithin(Policy a, Policy b) => true; }

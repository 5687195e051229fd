using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>What a policy says, and why.</summary>
/// <param name="Permitted">Whether it permits.</param>
/// <param name="ReasonCode">Kebab-case; null for a permit.</param>
/// <param name="Reason">One line, for our own eyes.</param>
/// <param name="PeerReason">One line for the peer: names the condition that failed, and none of the other rules.</param>
/// <param name="Trace">Every constraint that was asked, with its outcome.</param>
/// <param name="ChangesAt">The first instant at which time alone can change this verdict; null when it cannot.</param>
/// <param name="Duties">What a permit obliges to.</param>
public sealed record Verdict(
    bool Permitted,
    string? ReasonCode,
    string Reason,
    string PeerReason,
    ImmutableArray<TraceStep> Trace,
    DateTimeOffset? ChangesAt,
    ImmutableArray<Duty> Duties)
{
    /// <summary>The verdict and its trace as JSON, for storing and explaining.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("permitted", Permitted);
            writer.WriteString("code", ReasonCode);
            writer.WriteString("reason", Reason);
            writer.WriteStartArray("trace");
            foreach (var step in Trace)
            {
                writer.WriteStartObject();
                writer.WriteString("rule", step.Rule);
                writer.WriteString("condition", step.Condition);
                writer.WriteString("outcome", step.Outcome.ToString());
                writer.WriteString("expected", step.Expected);
                writer.WriteString("found", step.Found);
                writer.WriteString("source", step.Source);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>One constraint that was asked, or one duty that comes first.</summary>
/// <param name="Rule">Such as <c>permit[0]</c>.</param>
/// <param name="Condition">The operand's word, or the duty's action.</param>
/// <param name="Expected">What the policy wants.</param>
/// <param name="Found">What is the case; null when not known.</param>
/// <param name="Source">Where that comes from; null when not known, but for duties.</param>
public sealed record TraceStep(string Rule, string Condition, Outcome Outcome, string Expected, string? Found, string? Source);

/// <summary>What became of a constraint.</summary>
public enum Outcome
{
    Satisfied,
    Unsatisfied,

    /// <summary>It is not enforced at this point, and says nothing here.</summary>
    NotEnforcedHere,

    /// <summary>The fact is not known; never taken to be true.</summary>
    NotKnown,
}

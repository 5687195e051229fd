using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>Policies as ODRL JSON, the form in which they travel (DSP 2025-1, <c>contract-schema.json</c>).</summary>
public static class OdrlJson
{
    /// <summary>Reads the rules of an Offer, Agreement or Set; its ids, parties and target are no part of them. One value where an array is meant is taken.</summary>
    /// <param name="faults">All that is wrong, when something is.</param>
    /// <param name="vocabulary">The words it may use; the built-in ones when null.</param>
    public static bool TryRead(JsonElement policyObject, out Policy policy, out ImmutableArray<Fault> faults, Vocabulary? vocabulary = null)
    {
        var reader = new OdrlReader(vocabulary ?? Vocabulary.BuiltIn);
        try
        {
            policy = reader.Read(policyObject);
            faults = [.. reader.Faults];
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair can be written as the name of a member, and no text can hold it.
            policy = new Policy();
            faults = [new Fault(null, 0, 0, "", "has a member whose name is half of a character", "write whole characters: \\ud83d is to be followed by its second half")];
        }

        return faults.IsEmpty;
    }

    /// <summary>The rules as a JSON object of their own, always the same text for the same policy.</summary>
    /// <param name="vocabulary">The words that the policy was read by; the built-in ones when null.</param>
    public static string ToJson(Policy policy, Vocabulary? vocabulary = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            new OdrlWriter(writer, vocabulary ?? Vocabulary.BuiltIn).Rules(policy);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

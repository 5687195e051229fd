using System.Text.Json;

namespace Connector.Dsp.Wire;

/// <summary>
/// Members of our own beside the standard's: 2025-1 has no place for signatures and receipts, and lets unknown members pass. Connectors of this
/// make prove to each other over HTTPS what they prove over gRPC; all others pass over them.
/// </summary>
internal static class Extensions
{
    /// <summary>A detached JWS: over the agreement in its messages, over the receipt in a completion.</summary>
    public const string Signature = "urn:connector:signature";

    /// <summary>The receiver's receipt, JSON text.</summary>
    public const string Receipt = "urn:connector:receipt";

    /// <summary>What all names of such members begin with.</summary>
    public const string Prefix = "urn:connector:";

    private const int MaxReceipt = 2 * 1024 * 1024;

    /// <summary>The members that have a value; null when none has.</summary>
    public static Dictionary<string, JsonElement>? Write(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        Dictionary<string, JsonElement>? written = null;
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                (written ??= [])[name] = JsonSerializer.SerializeToElement(value, Strings.Default.String);
            }
        }

        return written;
    }

    /// <summary>A member's text; null when it is not there.</summary>
    public static string? Read(DspDocument document, string name)
    {
        if (document.More is not { } more || !more.TryGetValue(name, out var found))
        {
            return null;
        }

        return found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 and <= MaxReceipt } text
            ? text
            : throw new MalformedException(name, $"is no text of at most {MaxReceipt} characters", "leave it out, or give it as a string");
    }
}

using System.Text.Json;

namespace Connector.Dsp.Wire;

/// <summary>Looks for the pids in a body that may be anything, so that an error about it can name them.</summary>
internal static class Sniff
{
    public static (string? Provider, string? Consumer) Pids(ReadOnlySpan<byte> body)
    {
        string? provider = null, consumer = null;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DspJson.MaxDepth });
        try
        {
            while ((provider is null || consumer is null) && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                if (reader.ValueTextEquals("providerPid"u8))
                {
                    provider ??= Next(ref reader);
                }
                else if (reader.ValueTextEquals("consumerPid"u8))
                {
                    consumer ??= Next(ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What is wrong with the body is told by whoever reads all of it.
        }

        return (provider, consumer);
    }

    private static string? Next(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= WireChecks.MaxId } text && !text.Any(char.IsControl) ? text : null;
}

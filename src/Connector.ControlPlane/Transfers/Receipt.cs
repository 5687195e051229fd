using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Connector.ControlPlane.Exchanges;

namespace Connector.ControlPlane.Transfers;

/// <summary>The receiver's statement of what arrived, as JSON that both sides sign or check.</summary>
internal static class Receipt
{
    /// <summary>Bytes beyond which a receipt is refused unread: it names every file of a folder.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    public static string Write(Transfer transfer, Manifest manifest, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "TransferReceipt");
            writer.WriteString("agreementId", transfer.AgreementId);
            writer.WriteString("datasetId", transfer.DatasetId);
            writer.WriteString("providerPid", transfer.ProviderPid);
            writer.WriteString("consumerPid", transfer.ConsumerPid);
            writer.WriteString("receivedAt", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteStartArray("files");
            foreach (var file in manifest.Files)
            {
                writer.WriteStartObject();
                writer.WriteString("path", file.Path);
                writer.WriteString("size", file.Size.ToString(CultureInfo.InvariantCulture));
                writer.WriteString("sha256", Convert.ToHexStringLower(file.Sha256.Span));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Whether a receipt speaks of this transfer; null when it does, else what is wrong.</summary>
    public static string? Check(string json, Transfer transfer)
    {
        if (json.Length > MaxLength)
        {
            return $"is longer than {MaxLength} characters";
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return Differs(document.RootElement, "agreementId", transfer.AgreementId)
                ?? Differs(document.RootElement, "providerPid", transfer.ProviderPid)
                ?? Differs(document.RootElement, "consumerPid", transfer.ConsumerPid);
        }
        catch (JsonException)
        {
            return "is not JSON";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text, though JSON can write it: it shows when the text is taken out.
            return "holds half of a character";
        }
    }

    private static string? Differs(JsonElement receipt, string name, string expected) =>
        receipt.ValueKind == JsonValueKind.Object && receipt.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(expected)
            ? null
            : $"does not name this transfer's {name}";
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Transfers;
using Connector.Policies;

namespace Connector.ControlPlane.Evidence;

/// <summary>What the entries of the evidence log say: plain JSON that an auditor can read without this program.</summary>
internal static class EvidencePayloads
{
    // Contracts are JSON within JSON: a quotation mark takes two bytes, not six, and stays readable.
    private static readonly JsonWriterOptions s_written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Both signatures over the contract.</summary>
    public static EvidenceDraft Concluded(Agreement agreement, DateTimeOffset at) => new(EvidenceKind.Agreement, agreement.Id, agreement.Peer, Json(
        ("agreement", agreement.Json),
        ("providerSignature", agreement.ProviderSignature),
        ("consumerSignature", agreement.ConsumerSignature)), at);

    public static EvidenceDraft Started(Transfer transfer, DateTimeOffset at) => new(EvidenceKind.Start, transfer.Id, transfer.Peer, Json(
        ("agreementId", transfer.AgreementId),
        ("datasetId", transfer.DatasetId),
        ("providerPid", transfer.ProviderPid),
        ("consumerPid", transfer.ConsumerPid),
        ("format", transfer.Format)), at);

    public static EvidenceDraft Received(Transfer transfer, SignedReceipt receipt, DateTimeOffset at) => new(EvidenceKind.Receipt, transfer.Id, transfer.Peer, Json(
        ("receipt", receipt.Json),
        ("signature", receipt.Signature)), at);

    public static EvidenceDraft Ended(Agreement agreement, AgreementEnd end) => new(EvidenceKind.Termination, agreement.Id, agreement.Peer, Json(
        ("agreementId", agreement.Id),
        ("by", end.By.ToString()),
        ("code", end.Code),
        ("reason", end.Reason)), end.At);

    /// <summary>Whose word it is, and since when; the entry's own time is that of the record.</summary>
    public static EvidenceDraft Fulfilled(Agreement agreement, DutyRecord record) => new(EvidenceKind.Fulfilment, agreement.Id, agreement.Peer, Json(
        ("agreementId", agreement.Id),
        ("duty", record.Duty),
        ("action", record.Action),
        ("fulfilledAt", Spans.Text(record.At)),
        ("by", agreement.Role.ToString()),
        ("note", record.Note)), record.RecordedAt);

    public static EvidenceDraft Terminated(Transfer transfer, DateTimeOffset at) => new(EvidenceKind.Termination, transfer.Id, transfer.Peer, Json(
        ("agreementId", transfer.AgreementId),
        ("by", transfer.Termination?.By.ToString()),
        ("code", transfer.Termination?.Code),
        ("reason", transfer.Termination is { } t ? string.Join("; ", t.Reasons) : null)), at);

    private static string Json(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_written))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

using System.Net;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Dsp.JsonLd;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Peers;

/// <summary>A peer's answer to a call.</summary>
/// <param name="Next">Path and query of the next page, relative to the peer's base address; null when there is none.</param>
internal sealed record DspAnswer(ReadOnlyMemory<byte> Body, string? Next);

/// <summary>What peers' answers mean to us.</summary>
internal static class DspAnswers
{
    private const int LongestText = 1000;

    /// <summary>Reads a document that must be there.</summary>
    public static Result<T> Read<TDocument, T>(DspAnswer answer, DspVersion version, MessageReader<TDocument, T> reader)
        where TDocument : DspDocument
    {
        try
        {
            return reader.Read(answer.Body, version);
        }
        catch (MalformedException e)
        {
            return Unreadable(e.Refusal.Message);
        }
    }

    /// <summary>Whatever a success says beside its status is optional: peers answer with the process, with nothing, or with something else.</summary>
    public static Acknowledgement Acknowledgement(DspAnswer answer, DspVersion version)
    {
        try
        {
            var body = version == DspVersion.V2024 ? JsonSerializer.SerializeToUtf8Bytes(Shapes.Plain(answer.Body, version), JsonNodes.Default.JsonObject) : answer.Body;
            return JsonSerializer.Deserialize(body.Span, DspJson.Strict.ProcessDocument) is { } process
                ? new Acknowledgement(Pid(process.ProviderPid, "providerPid"), Pid(process.ConsumerPid, "consumerPid"), process.State)
                : new Acknowledgement(null, null, null);
        }
        catch (Exception e) when (e is JsonException or MalformedException or JsonLdException)
        {
            return new Acknowledgement(null, null, null);
        }
    }

    /// <summary>A peer's error; of kind <see cref="RefusalKind.Unavailable"/> exactly when trying again makes sense.</summary>
    public static Refusal Refused(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        var (code, reason) = Told(body);
        return new Refusal(
            KindOf((int)status), ForeignText.ShownOrNull(code, 100) ?? $"http-{(int)status}", ForeignText.ShownOrNull(reason, LongestText) ?? FormattableString.Invariant($"the peer answered {(int)status} and gave no reason"), null, null)
        {
            // A peer may answer a message before it has stored what it answered, and many lock a process while they work on it.
            MaySettle = status is HttpStatusCode.NotFound or HttpStatusCode.Conflict,
        };
    }

    private static RefusalKind KindOf(int status) => status switch
    {
        400 or 409 or 412 => RefusalKind.InvalidTransition,
        401 => RefusalKind.Unauthenticated,
        403 => RefusalKind.Forbidden,
        404 => RefusalKind.NotFound,
        410 => RefusalKind.Ended,
        408 or 421 or 425 or 429 or >= 500 => RefusalKind.Unavailable,
        _ => RefusalKind.Malformed,
    };

    private static (string? Code, string? Reason) Told(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, DspJson.Strict.ErrorDocument) is { } error ? (error.Code, string.Join("; ", WireChecks.Reasons(error.Reason))) : (null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter of half of a surrogate pair, when the text is taken out.
            return (null, null);
        }
    }

    private static string? Pid(string? pid, string field) => WireChecks.OptionalId(pid, field);

    private static Refusal Unreadable(string why) => new(RefusalKind.Malformed, "answer-malformed", $"the peer's answer cannot be read: {why}", null, "tell the peer's operator");
}

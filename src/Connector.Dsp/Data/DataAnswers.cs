using System.Text.Json;
using Connector.ControlPlane;

namespace Connector.Dsp.Data;

/// <summary>What another connector's data endpoint says.</summary>
internal static class DataAnswers
{
    private const int MaxRefusal = 16 * 1024;
    private const int LongestReason = 300;

    /// <summary>The whole body, as long as it is not too long.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpResponseMessage answer, int most, CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var read = new MemoryStream();
        var block = new byte[16 * 1024];
        for (int length; (length = await body.ReadAsync(block, cancel)) > 0;)
        {
            if (read.Length + length > most)
            {
                return null;
            }

            read.Write(block, 0, length);
        }

        return read.ToArray();
    }

    /// <summary>Why it gave no data: in its own words where it is of our make, else by its status.</summary>
    public static async ValueTask<Refusal> RefusalAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        var kind = DataRefusalToHttp.Kind(status);
        try
        {
            if (await ReadAsync(answer, MaxRefusal, cancel) is { } body && JsonSerializer.Deserialize(body, DataJson.Default.RefusalDocument) is { } said)
            {
                return new Refusal(kind, ForeignText.Shown(said.Code, LongestReason), $"the provider says: {ForeignText.Shown(said.Reason, LongestReason)}", null, ForeignText.ShownOrNull(said.Mend, LongestReason));
            }
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            // Not of our make: the status must do.
        }

        return new Refusal(kind, $"http-{status}", $"the data endpoint answers {status}", null, kind == RefusalKind.Unavailable ? "try again later" : "ask the provider, or request a new transfer");
    }
}

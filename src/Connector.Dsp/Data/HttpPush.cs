using System.Net.Http.Headers;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Data;

/// <summary>Sends a dataset of one file to the address that the consumer of a push named.</summary>
internal sealed class HttpPush(HttpClient client, Uri endpoint, DataAddress address, TimeSpan stall, TimeProvider time)
{
    private const int MaxReceipt = 16 * 1024 * 1024;

    /// <summary>The consumer's receipt; <see cref="SignedReceipt.None"/> from an endpoint that gives none.</summary>
    public async ValueTask<Result<SignedReceipt>> SendAsync(Manifest manifest, Func<ResumePoint, IAsyncEnumerable<Piece>> read, CancellationToken cancel)
    {
        if (manifest.Files.Length != 1)
        {
            return Refusal.Malformed("format", $"pushes one file over HTTP, and the dataset is a folder of {manifest.Files.Length}", "request it with a pull format");
        }

        var file = manifest.Files[0];
        using var patience = Patience.Started(stall, time, cancel);
        using var content = new PiecesContent(read(default), file.Size, patience.Start);
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(manifest.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Path.Split('/')[^1] };
        content.Headers.Add(Digests.Repr, Digests.Field(file.Sha256.Span));
        using var request = new HttpRequestMessage(Method, endpoint) { Content = content };
        if (HttpAddress.Credential(address, HttpAddress.TakesScheme(address, whenUnsaid: false)) is { } credential)
        {
            request.Headers.TryAddWithoutValidation(credential.Field, credential.Value);
        }

        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return answer.IsSuccessStatusCode ? await ReceiptAsync(answer, patience.Token) : await DataAnswers.RefusalAsync(answer, patience.Token);
        }
        catch (Exception) when (content.Broken is { } broken && !cancel.IsCancellationRequested)
        {
            return broken.Refusal;
        }
        catch (Exception e) when (Breaks.Is(e, patience, cancel))
        {
            return OutboundRefusals.Of(e, endpoint);
        }
    }

    // Deployed sinks take POST unless their address says otherwise.
    private HttpMethod Method => string.Equals(address.Properties.GetValueOrDefault(HttpAddress.Method) ?? address.Properties.GetValueOrDefault(HttpAddress.EdcMethod), "PUT", StringComparison.OrdinalIgnoreCase)
        ? HttpMethod.Put
        : HttpMethod.Post;

    private static async ValueTask<Result<SignedReceipt>> ReceiptAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType != InboxEndpoints.ReceiptType)
        {
            return SignedReceipt.None;
        }

        try
        {
            return await DataAnswers.ReadAsync(answer, MaxReceipt, cancel) is { } body && JsonSerializer.Deserialize(body, DataJson.Default.ReceiptDocument) is { } said
                ? new SignedReceipt(said.Receipt, said.Signature)
                : Refusal.Malformed("receipt", "is missing or too long", "answer a push with its receipt");
        }
        catch (JsonException)
        {
            return Refusal.Malformed("receipt", "cannot be read", "answer a push with its receipt and signature");
        }
    }
}

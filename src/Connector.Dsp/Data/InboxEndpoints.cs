using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Dsp.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Data;

/// <summary><c>PUT</c> or <c>POST /data/inbox/{consumerPid}</c>: the provider of a push leaves the data; the answer is the signed receipt.</summary>
public sealed class InboxEndpoints(ExchangeService exchanges, IDataSources sources, HttpDataOptions options, ILogger<InboxEndpoints> logger)
{
    /// <summary>Media type of a receipt.</summary>
    public const string ReceiptType = "application/vnd.connector.receipt+json";

    private static readonly Refusal s_noToken = new(RefusalKind.Unauthenticated, "token-missing", "the call has no access token", "Authorization", "send the token of the transfer's data address as Authorization: Bearer <token>");

    public async Task PutAsync(HttpContext context, string consumerPid)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.MaxSpooledBytes;
        }

        var spool = new Spool(options, sources, consumerPid);
        var accepted = BearerToken.Of(context.Request) is { } token
            ? await exchanges.AcceptPushAsync(consumerPid, token, new Pushed(context.Request, spool), context.RequestAborted)
            : s_noToken;
        if (accepted.Try(out var receipt, out var refusal))
        {
            await context.Response.WriteAsJsonAsync(new ReceiptDocument(receipt.Json, receipt.Signature), DataJson.Default.ReceiptDocument, ReceiptType, context.RequestAborted);
            return;
        }

        Log.DataRefused(logger, "Push", consumerPid.ReplaceLineEndings(" "), DataGate.Remote(context), refusal.Code, refusal.Message.ReplaceLineEndings(" "));
        await DataRefusalToHttp.WriteAsync(context, refusal);
    }

    /// <summary>A body as the sink sees it. Nothing of it is read before the token was checked, as the sink describes it first.</summary>
    private sealed class Pushed(HttpRequest request, Spool spool) : IDataStream
    {
        private Manifest? _manifest;

        public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
        {
            if (request.Headers.ContentEncoding.Count > 0 || request.Headers.ContentRange.Count > 0)
            {
                return Refusal.Malformed("Content-Encoding", "or Content-Range is set", "push the whole as it is");
            }

            // Without a digest it is the length, or the end of the chunked encoding, that tells whether all has come: deployed data planes send no more.
            string? said = request.Headers[Digests.Repr];
            if (said is { Length: > 0 } && Digests.Read(said) is null)
            {
                return Refusal.Malformed(Digests.Repr, "has no sha-256 that can be read", "send sha-256=:base64:, or leave the field out");
            }

            try
            {
                spool.Begin(null);
                await spool.AppendAsync(new RequestBody(request).ReadAsync, static () => { }, cancel);
            }
            catch (ExchangeBrokenException e)
            {
                return e.Refusal;
            }
            catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                return spool.TooLarge;
            }
            catch (Exception e) when (e is IOException && !cancel.IsCancellationRequested)
            {
                return new Refusal(RefusalKind.Unavailable, "connection-lost", "the push broke off, or another of the same transfer is running", null, "push it again");
            }

            var name = FileNames.Of(ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition, out var disposition) ? disposition : null, null);
            var contentType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType : null;
            var digest = Digests.Read(said) ?? Digests.Read(request.Headers[Digests.Content]);
            var described = await spool.DescribeAsync(name, contentType ?? "application/octet-stream", digest, cancel);
            _manifest = described.Refused ? null : described.Value;
            return described;
        }

        public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var piece in spool.ReadAsync(_manifest ?? throw new InvalidOperationException("the manifest comes before the bytes"), from, cancel))
            {
                yield return piece;
            }

            spool.Delete();
        }
    }
}

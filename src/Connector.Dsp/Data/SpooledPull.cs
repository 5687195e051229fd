using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Data;

/// <summary>
/// The stream of a started pull from any other connector, which has no manifest: fetched whole into a spool, from where a break left it if the other side
/// can resume, checked against the digest if there is one, and handed on from there.
/// </summary>
internal sealed class SpooledPull(DataCalls calls, Uri endpoint, Spool spool, TimeSpan stall, TimeProvider time) : IDataStream
{
    private Manifest? _manifest;

    public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
    {
        using var patience = Patience.Started(stall, time, cancel);
        try
        {
            using var answer = await FetchAsync(patience);
            if (!answer.IsSuccessStatusCode)
            {
                return await DataAnswers.RefusalAsync(answer, patience.Token);
            }

            var headers = answer.Content.Headers;
            var digest = Digests.Read(Field(answer, Digests.Repr)) ?? (answer.StatusCode == HttpStatusCode.OK ? Digests.Read(Field(answer, Digests.Content)) : null);
            var described = await spool.DescribeAsync(FileNames.Of(headers.ContentDisposition, endpoint), headers.ContentType?.MediaType ?? "application/octet-stream", digest, cancel);
            _manifest = described.Refused ? null : described.Value;
            return described;
        }
        catch (ExchangeBrokenException e)
        {
            return e.Refusal;
        }
        catch (Exception e) when (Breaks.Is(e, patience, cancel))
        {
            return OutboundRefusals.Of(e, endpoint);
        }
    }

    public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var piece in spool.ReadAsync(_manifest ?? throw new InvalidOperationException("the manifest comes before the bytes"), from, cancel))
        {
            yield return piece;
        }

        spool.Delete();
    }

    private async ValueTask<HttpResponseMessage> FetchAsync(Patience patience)
    {
        var (etag, have) = (spool.ETag, spool.Length);
        var answer = await AskAsync(etag, have, patience);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            answer.Dispose();
            answer = await AskAsync(null, 0, patience);
        }

        if (!answer.IsSuccessStatusCode)
        {
            return answer;
        }

        if (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != have)
        {
            if (answer.StatusCode == HttpStatusCode.PartialContent)
            {
                answer.Dispose();
                throw new ExchangeBrokenException(Refusal.Malformed("Content-Range", "is not the part that was asked for", "answer a range request with that range, or with the whole"));
            }

            spool.Begin(answer.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null);
        }

        patience.Start();
        await using var body = await answer.Content.ReadAsStreamAsync(patience.Token);
        await spool.AppendAsync(body.ReadAsync, patience.Start, patience.Token);
        return answer;
    }

    private ValueTask<HttpResponseMessage> AskAsync(string? etag, long have, Patience patience) => calls.SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
            if (etag is not null && have > 0)
            {
                request.Headers.Range = new RangeHeaderValue(have, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(etag);
            }

            return request;
        },
        patience.Token);

    private static string? Field(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(',', values) : null;
}

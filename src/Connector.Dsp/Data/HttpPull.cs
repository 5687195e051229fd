using System.Buffers;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Data;

/// <summary>The stream of a started pull from a connector of this make: its manifest first, then each file by ranges, every byte checked by the sink.</summary>
internal sealed class HttpPull(DataCalls calls, Uri endpoint, TimeSpan stall, TimeProvider time) : IDataStream
{
    private const int BlockSize = 128 * 1024;
    private Manifest? _manifest;

    public async ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel)
    {
        using var patience = Patience.Started(stall, time, cancel);
        try
        {
            using var answer = await calls.SendAsync(() => Ask(new UriBuilder(endpoint) { Query = "manifest" }.Uri, ManifestWire.ContentType), patience.Token);
            if (!answer.IsSuccessStatusCode)
            {
                return await DataAnswers.RefusalAsync(answer, patience.Token);
            }

            if (await DataAnswers.ReadAsync(answer, ManifestWire.MaxBytes, patience.Token) is not { } body)
            {
                return Refusal.Malformed("manifest", "is too long", $"send at most {ManifestWire.MaxBytes} bytes");
            }

            var read = ManifestWire.Read(body);
            _manifest = read.Refused ? null : read.Value;
            return read;
        }
        catch (Exception e) when (Breaks.Is(e, patience, cancel))
        {
            return OutboundRefusals.Of(e, endpoint);
        }
    }

    public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var files = (_manifest ?? throw new InvalidOperationException("the manifest comes before the bytes")).Files;
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (var i = from.File; i < files.Length; i++)
            {
                var first = i == from.File ? from.Chunk : 0;
                var offset = (long)first * files[i].ChunkSize;
                if (offset >= files[i].Size)
                {
                    continue;
                }

                using var patience = Patience.Started(stall, time, cancel);
                using var answer = await OpenAsync(files.Length == 1 ? endpoint : Under(files[i].Path), files[i], offset, patience, cancel);
                await using var body = await answer.Content.ReadAsStreamAsync(cancel);
                while (offset < files[i].Size)
                {
                    var chunk = (int)(offset / files[i].ChunkSize);
                    var end = Math.Min(files[i].Size, (long)(chunk + 1) * files[i].ChunkSize);
                    var read = await NextAsync(body, buffer.AsMemory(0, (int)Math.Min(BlockSize, end - offset)), patience, cancel);
                    offset += read;
                    yield return new Piece(i, chunk, buffer.AsMemory(0, read), offset == end);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static HttpRequestMessage Ask(Uri at, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.Accept.ParseAdd(accept);
        return request;
    }

    private Uri Under(string path) =>
        new($"{endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    private async ValueTask<HttpResponseMessage> OpenAsync(Uri at, ManifestFile file, long offset, Patience patience, CancellationToken cancel)
    {
        try
        {
            var answer = await calls.SendAsync(
                () =>
                {
                    var request = Ask(at, "*/*");
                    request.Headers.Range = offset == 0 ? null : new RangeHeaderValue(offset, null);
                    request.Headers.IfMatch.Add(new EntityTagHeaderValue(Digests.ETag(file.Sha256.Span)));
                    return request;
                },
                patience.Token);
            if (answer.StatusCode == (offset == 0 ? System.Net.HttpStatusCode.OK : System.Net.HttpStatusCode.PartialContent)
                && (answer.Content.Headers.ContentRange?.From ?? 0) == offset)
            {
                return answer;
            }

            using (answer)
            {
                throw new ExchangeBrokenException(answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.PreconditionFailed
                    ? new Refusal(RefusalKind.Unavailable, "source-changed", "the provider's file is no longer the one of its manifest", null, "ask for the manifest again")
                    : await DataAnswers.RefusalAsync(answer, patience.Token));
            }
        }
        catch (Exception e) when (Breaks.Is(e, patience, cancel))
        {
            throw new ExchangeBrokenException(OutboundRefusals.Of(e, endpoint));
        }
    }

    private async ValueTask<int> NextAsync(Stream body, Memory<byte> into, Patience patience, CancellationToken cancel)
    {
        patience.Start();
        try
        {
            var read = await body.ReadAsync(into, patience.Token);
            return read > 0 ? read : throw new ExchangeBrokenException(new Refusal(RefusalKind.Unavailable, "connection-lost", "the provider ended the stream too early", null, "try again"));
        }
        catch (Exception e) when (Breaks.Is(e, patience, cancel))
        {
            throw new ExchangeBrokenException(OutboundRefusals.Of(e, endpoint));
        }
        finally
        {
            patience.Pause();
        }
    }
}

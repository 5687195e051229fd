using System.Buffers;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Sources;

/// <summary>Answers a consumer with what a source answers, piece by piece, for as long as the consumer has the right to it.</summary>
internal sealed class ProxyAnswer(SourceCalls calls, TimeProvider time)
{
    private const int BlockSize = 64 * 1024;

    /// <returns>Why nothing was answered; null once something was.</returns>
    /// <exception cref="ExchangeBrokenException">The right to the data ended, or the source failed in its midst.</exception>
    public async ValueTask<Refusal?> WriteAsync(HttpContext context, Flow flow, HttpSource source, string? path, CancellationToken cancel)
    {
        flow.Check();
        if (!ForwardRules.Address(source, path, context.Request.Query).Try(out var address, out var refusal))
        {
            return refusal;
        }

        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethod.Head : HttpMethod.Get;
        if (!(await calls.AskAsync(source, method, address, request => PassedFields.Ask(context.Request, request), cancel)).Try(out var answer, out refusal))
        {
            return refusal;
        }

        using (answer)
        {
            if (Fault(context.Request, answer, source) is { } fault)
            {
                return fault;
            }

            await PassAsync(context, flow, source, answer, cancel);
            return null;
        }
    }

    private Refusal? Fault(HttpRequest request, HttpResponseMessage answer, HttpSource source) => (int)answer.StatusCode switch
    {
        206 when request.Headers.Range.Count == 0 || answer.Content.Headers.ContentRange is null => SourceRefusals.BrokeOff,
        200 or 203 or 206 => answer.Content.Headers.ContentLength > source.MaxBytes ? SourceRefusals.TooLarge(source.MaxBytes) : null,
        204 or 304 or 412 or 416 => null,
        _ => SourceRefusals.Of(answer, time),
    };

    private async Task PassAsync(HttpContext context, Flow flow, HttpSource source, HttpResponseMessage answer, CancellationToken cancel)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        PassedFields.Answer(answer, response);
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        var hasBody = response.StatusCode is 200 or 203 or 206;
        if (hasBody)
        {
            response.ContentLength = answer.Content.Headers.ContentLength;
        }

        if (!hasBody || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
            var body = calls.Body(source, stream);

            // Each write is awaited: a slow reader slows the reading of the source, and nothing piles up.
            for (int read; (read = await body.ReadAsync(buffer.AsMemory(0, BlockSize), cancel)) > 0;)
            {
                flow.Check();
                await response.Body.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        catch (ExchangeBrokenException e) when (e.Refusal.Code.StartsWith("source-", StringComparison.Ordinal))
        {
            calls.Tell(source, e.Refusal.Message);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Connector.ControlPlane;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connector.Dsp.Wire;

/// <summary>Reads the body of a request: JSON by its media type, whole, and bounded.</summary>
internal static class Body
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancel)
    {
        if (!IsJson(request.ContentType))
        {
            throw new MalformedException(new Refusal(
                RefusalKind.Malformed, "media-type", $"Content-Type: is {(request.ContentType is { Length: > 0 } type ? $"'{ForeignText.Shown(type, 100)}'" : "missing")}", "Content-Type", "send application/json"));
        }

        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            throw new MalformedException(new Refusal(RefusalKind.Malformed, "media-type", "Content-Encoding: compressed messages are not read", "Content-Encoding", "send the message as it is"));
        }

        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 1024) + 1);
        while (true)
        {
            var read = await ReadAsync(request.Body, body.GetMemory(1024), cancel);
            if (read == 0)
            {
                return Utf8.IsValid(body.WrittenSpan) ? body.WrittenMemory : throw new MalformedException("body", "is not UTF-8", "send JSON in UTF-8");
            }

            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw TooLarge(maxBytes);
            }
        }
    }

    // A body that the server itself cuts off is the sender's fault, and so is one whose chunks have no length.
    private static async ValueTask<int> ReadAsync(Stream from, Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await from.ReadAsync(into, cancel);
        }
        catch (BadHttpRequestException e)
        {
            throw NotRead(e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => "too-large",
                StatusCodes.Status408RequestTimeout => "too-slow",
                _ => "malformed",
            });
        }
        catch (IOException) when (!cancel.IsCancellationRequested)
        {
            throw NotRead("malformed");
        }
    }

    private static MalformedException NotRead(string code) =>
        new(new Refusal(RefusalKind.Malformed, code, "the body cannot be read to its end", null, "send it whole, with its length or in chunks"));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/ld+json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static MalformedException TooLarge(int maxBytes) => new(new Refusal(
        RefusalKind.Malformed, "too-large", string.Create(CultureInfo.InvariantCulture, $"the body is larger than {maxBytes} bytes"), null, "send a smaller message"));
}

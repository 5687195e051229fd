using System.Buffers;

namespace Connector.Dsp.Peers;

/// <summary>Reads a peer's answer whole, up to a bound.</summary>
internal static class BoundedAnswer
{
    /// <exception cref="HttpRequestException">It is larger.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancel)
    {
        await using var from = await content.ReadAsStreamAsync(cancel);
        var body = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await from.ReadAsync(body.GetMemory(1024), cancel);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw new HttpRequestException("the answer is too large");
            }
        }
    }
}

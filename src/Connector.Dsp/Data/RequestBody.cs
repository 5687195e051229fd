using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Data;

/// <summary>
/// The body of a request that may be called off in its midst and answered all the same. The server takes a read that a token called off for one that
/// still goes on, and reports a fault when the answer ends before it; so the read is ended by the means that the reader has for it.
/// </summary>
internal sealed class RequestBody(HttpRequest request)
{
    private readonly PipeReader _reader = request.BodyReader;

    /// <summary>The next bytes; 0 at the end.</summary>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    /// <exception cref="IOException">The body broke off.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await NextAsync(into, cancel);
        }
        catch (IOException e) when (e is not BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            // What broke off can neither be read on nor skipped, which the server would try after an answer; and there is nobody to answer.
            // Only now, as letting go of the request calls off whatever still reads it, and the reader of a request that was let go takes that for a fault.
            request.HttpContext.Abort();
            throw;
        }
    }

    private async ValueTask<int> NextAsync(Memory<byte> into, CancellationToken cancel)
    {
        await using var ending = cancel.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), _reader);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var read = await _reader.ReadAsync(CancellationToken.None);
            var length = (int)Math.Min(into.Length, read.Buffer.Length);
            var taken = read.Buffer.Slice(0, length);
            taken.CopyTo(into.Span);
            _reader.AdvanceTo(taken.End);
            if (length > 0 || read.IsCompleted)
            {
                return length;
            }
        }
    }
}

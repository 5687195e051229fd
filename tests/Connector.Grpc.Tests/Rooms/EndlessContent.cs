using System.Net;
using System.Net.Http.Headers;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>A gRPC message that is announced and never comes.</summary>
internal sealed class EndlessContent : HttpContent
{
    private readonly TaskCompletionSource _disposed = new();

    public EndlessContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[] { 0, 0, 0, 1, 0 });
        await stream.FlushAsync();
        await _disposed.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }
}

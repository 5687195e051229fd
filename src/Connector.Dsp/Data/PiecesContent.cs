using System.Net;
using Connector.ControlPlane.Exchanges;

namespace Connector.Dsp.Data;

/// <summary>A file's pieces as the body of a request: written as they are read, with backpressure from the other side.</summary>
internal sealed class PiecesContent(IAsyncEnumerable<Piece> pieces, long length, Action went) : HttpContent
{
    /// <summary>Why the source stopped; null while it did not.</summary>
    public ExchangeBrokenException? Broken { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var piece in pieces.WithCancellation(cancellationToken))
            {
                await stream.WriteAsync(piece.Bytes, cancellationToken);
                went();
            }
        }
        catch (ExchangeBrokenException e)
        {
            Broken = e;
            throw new IOException(e.Message, e);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}

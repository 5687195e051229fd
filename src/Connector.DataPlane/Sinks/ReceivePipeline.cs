using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;

namespace Connector.DataPlane.Sinks;

/// <summary>Takes pieces from the network while the ones before them are hashed and written: at most a few blocks are ever in memory.</summary>
internal sealed class ReceivePipeline(ContentWriter writer, Manifest manifest, IProgress<ExchangeProgress>? progress)
{
    private const int BlockSize = 256 * 1024;
    private const int BlocksAhead = 3;

    /// <summary>Buffers go round within the transfer: rented on one thread and returned on another, the pool would keep making new ones.</summary>
    private readonly ConcurrentQueue<byte[]> _spare = new();

    private readonly Channel<Block> _blocks = Channel.CreateBounded<Block>(new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });

    /// <summary>Runs a stream to its end.</summary>
    /// <returns>Null once all is written and right.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public async ValueTask<Refusal?> RunAsync(IDataStream stream, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var total = manifest.Size;
        progress?.Report(new ExchangeProgress(writer.Written, total));
        var writing = Task.Run(() => WriteAsync(total, either), CancellationToken.None);
        Refusal? stopped;
        try
        {
            stopped = await ReadAsync(stream, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The writing side refused or failed and says why below; a stream that cancelled itself is a broken one.
            stopped = SinkRefusals.TooShort;
        }
        finally
        {
            _blocks.Writer.TryComplete();
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_spare.TryDequeue(out var buffer))
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        cancel.ThrowIfCancellationRequested();
        return await writing ?? stopped ?? (writer.Complete ? null : SinkRefusals.TooShort);
    }

    private async ValueTask<Refusal?> ReadAsync(IDataStream stream, CancellationToken cancel)
    {
        var order = new PieceOrder(manifest, writer.Point);
        byte[]? buffer = null;
        var filled = 0;
        try
        {
            await foreach (var piece in stream.ReadAsync(writer.Point, cancel).WithCancellation(cancel))
            {
                if (!order.Take(piece))
                {
                    return SinkRefusals.OutOfOrder(piece.File, piece.Chunk);
                }

                for (var bytes = piece.Bytes; !bytes.IsEmpty;)
                {
                    buffer ??= _spare.TryDequeue(out var spare) ? spare : ArrayPool<byte>.Shared.Rent(BlockSize);
                    var size = Math.Min(bytes.Length, BlockSize - filled);
                    bytes.Span[..size].CopyTo(buffer.AsSpan(filled));
                    filled += size;
                    bytes = bytes[size..];
                    if (filled == BlockSize || (bytes.IsEmpty && piece.EndsChunk))
                    {
                        var block = new Block(buffer, filled, bytes.IsEmpty && piece.EndsChunk);
                        await _blocks.Writer.WriteAsync(block, cancel);
                        (buffer, filled) = (null, 0);
                    }
                }
            }

            return null;
        }
        catch (ExchangeBrokenException e)
        {
            return e.Refusal;
        }
        catch (IOException)
        {
            return SinkRefusals.TooShort;
        }
        finally
        {
            if (buffer is not null)
            {
                _spare.Enqueue(buffer);
            }
        }
    }

    private async Task<Refusal?> WriteAsync(long total, CancellationTokenSource reading)
    {
        var done = false;
        try
        {
            await foreach (var block in _blocks.Reader.ReadAllAsync(CancellationToken.None))
            {
                var refusal = writer.Append(block.Buffer.AsSpan(0, block.Length), block.EndsChunk);
                _spare.Enqueue(block.Buffer);
                if (refusal is not null)
                {
                    return refusal;
                }

                if (block.EndsChunk)
                {
                    progress?.Report(new ExchangeProgress(writer.Written, total));
                }
            }

            done = true;
            return null;
        }
        finally
        {
            if (!done)
            {
                await reading.CancelAsync();
            }
        }
    }
}

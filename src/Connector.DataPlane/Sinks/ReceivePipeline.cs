using System.Collections.Concurrent;
using System.Threading.Channels;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;

namespace Connector.DataPlane.Sinks;

/// <summary>Takes pieces from the network while the ones before them are hashed and written: at most a few blocks are ever in memory.</summary>
internal sealed class ReceivePipeline(ContentWriter writer, Manifest manifest, IProgress<ExchangeProgress>? progress)
{
    private const int LargestBlock = 1024 * 1024;
    private const int BlocksAhead = 1;

    private readonly int _blockSize = (int)Math.Min(LargestBlock, manifest.Files.Max(f => f.Size));
    private readonly Channel<Block> _blocks = Channel.CreateBounded<Block>(new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });

    /// <summary>Blocks go round within the transfer.</summary>
    private readonly ConcurrentQueue<Block> _spare = new();

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
        }

        cancel.ThrowIfCancellationRequested();
        return await writing ?? stopped ?? (writer.Complete ? null : SinkRefusals.TooShort);
    }

    private async ValueTask<Refusal?> ReadAsync(IDataStream stream, CancellationToken cancel)
    {
        var order = new PieceOrder(manifest, writer.Point);
        var block = Spare();
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
                    bytes = block.Fill(bytes);
                    if (block.IsFull || (bytes.IsEmpty && order.File != piece.File))
                    {
                        await _blocks.Writer.WriteAsync(block, cancel);
                        block = Spare();
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
            // Of a stream that breaks again and again each attempt must keep something; where there is no room, much was kept already.
            if (block.Length > 0)
            {
                _blocks.Writer.TryWrite(block);
            }
        }
    }

    private Block Spare()
    {
        if (!_spare.TryDequeue(out var block))
        {
            return new Block(_blockSize);
        }

        block.Clear();
        return block;
    }

    private async Task<Refusal?> WriteAsync(long total, CancellationTokenSource reading)
    {
        var done = false;
        try
        {
            await foreach (var block in _blocks.Reader.ReadAllAsync(CancellationToken.None))
            {
                if (writer.Append(block.Bytes, reading.Token) is { } refusal)
                {
                    return refusal;
                }

                _spare.Enqueue(block);
                progress?.Report(new ExchangeProgress(writer.Written, total));
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

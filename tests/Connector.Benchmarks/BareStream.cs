using System.Diagnostics;
using Dataspace.Peer.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Connector.Benchmarks;

/// <summary>The yardstick of a pull: the same pieces from memory; nothing is read or checked, and written only when asked.</summary>
internal sealed class BareStream(BareServer server)
{
    private const int PieceBytes = 64 * 1024;
    private readonly ExchangeService.ExchangeServiceClient _client = new(server.Channel);

    /// <summary>So many bytes from the server's process to this one.</summary>
    /// <param name="file">Where they are written as they come, and flushed to the disk at the end; null throws them away.</param>
    public async Task<Rate> RunAsync(long bytes, string? file)
    {
        var (sender, receiver, since) = (server.Took, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        using (var handle = file is null ? null : File.OpenHandle(file, FileMode.Create, FileAccess.Write))
        {
            using var pull = _client.Pull(new PullRequest { FromChunk = (int)(bytes / PieceBytes) });
            var offset = 0L;
            await foreach (var piece in pull.ResponseStream.ReadAllAsync())
            {
                if (handle is not null)
                {
                    RandomAccess.Write(handle, piece.Data.Span, offset);
                    offset += piece.Data.Length;
                }
            }

            if (handle is not null)
            {
                RandomAccess.FlushToDisk(handle);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var rate = Rate.Of(bytes, seconds, (server.Took - sender).TotalMilliseconds, (Environment.CpuUsage.TotalTime - receiver).TotalMilliseconds);
        if (file is not null)
        {
            File.Delete(file);
        }

        return rate;
    }

    /// <summary>The server's side.</summary>
    internal sealed class Service : ExchangeService.ExchangeServiceBase
    {
        public override async Task Pull(PullRequest request, IServerStreamWriter<Piece> responseStream, ServerCallContext context)
        {
            var data = UnsafeByteOperations.UnsafeWrap(new byte[PieceBytes]);
            for (var i = 0; i < request.FromChunk; i++)
            {
                await responseStream.WriteAsync(new Piece { Chunk = i, Data = data }, context.CancellationToken);
            }
        }
    }
}

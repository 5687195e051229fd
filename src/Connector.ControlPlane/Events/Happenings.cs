using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Connector.ControlPlane.Events;

/// <summary>Broadcasts happenings to everybody who watches. A watcher that falls behind loses the oldest, never slows the rest.</summary>
public sealed class Happenings
{
    private const int Backlog = 4096;

    private Channel<Happening>[] _watchers = [];

    public void Publish(Happening happening)
    {
        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            watcher.Writer.TryWrite(happening);
        }
    }

    /// <summary>Whether anybody is watching; lets hot paths skip building what nobody reads.</summary>
    public bool Watched => Volatile.Read(ref _watchers).Length > 0;

    /// <summary>A watch that misses nothing from this call on, even before it is enumerated.</summary>
    public Watch Open()
    {
        var channel = Channel.CreateBounded<Happening>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        Swap(watchers => [.. watchers, channel]);
        return new Watch(this, channel);
    }

    private void Close(Channel<Happening> channel) => Swap(watchers => [.. watchers.Where(w => w != channel)]);

    private void Swap(Func<Channel<Happening>[], Channel<Happening>[]> change)
    {
        var before = Volatile.Read(ref _watchers);
        while (true)
        {
            var seen = Interlocked.CompareExchange(ref _watchers, change(before), before);
            if (seen == before)
            {
                return;
            }

            before = seen;
        }
    }

    /// <summary>One watcher's view; dispose it to stop watching.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly Happenings _source;
        private readonly Channel<Happening> _channel;

        internal Watch(Happenings source, Channel<Happening> channel) => (_source, _channel) = (source, channel);

        public async IAsyncEnumerable<Happening> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            while (await _channel.Reader.WaitToReadAsync(cancel))
            {
                while (_channel.Reader.TryRead(out var happening))
                {
                    yield return happening;
                }
            }
        }

        public void Dispose()
        {
            _source.Close(_channel);
            _channel.Writer.TryComplete();
        }
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Connector.ControlPlane.Events;

/// <summary>Broadcasts happenings to everybody who watches. A watcher that falls behind loses the oldest, never slows the rest.</summary>
public sealed class Happenings
{
    private const int Backlog = 4096;

    private Watch[] _watchers = [];

    public void Publish(Happening happening)
    {
        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            watcher.Hear(happening);
        }
    }

    /// <summary>Whether anybody is watching; lets hot paths skip building what nobody reads.</summary>
    public bool Watched => Volatile.Read(ref _watchers).Length > 0;

    /// <summary>A watch that misses nothing from this call on, even before it is enumerated.</summary>
    /// <param name="wanted">What it is told of; null for everything. A narrow watch is not woken, nor its backlog filled, by what is not its concern.</param>
    public Watch Open(Func<Happening, bool>? wanted = null)
    {
        var watch = new Watch(this, wanted);
        Swap(watchers => [.. watchers, watch]);
        return watch;
    }

    private void Close(Watch watch) => Swap(watchers => [.. watchers.Where(w => w != watch)]);

    private void Swap(Func<Watch[], Watch[]> change)
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
        private readonly Func<Happening, bool>? _wanted;
        private readonly Channel<Happening> _channel;
        private int _lost;

        internal Watch(Happenings source, Func<Happening, bool>? wanted)
        {
            (_source, _wanted) = (source, wanted);
            _channel = Channel.CreateBounded<Happening>(
                new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
                _ => Volatile.Write(ref _lost, 1));
        }

        internal void Hear(Happening happening)
        {
            if (_wanted is null || _wanted(happening))
            {
                _channel.Writer.TryWrite(happening);
            }
        }

        /// <summary>Whether any was lost since this was asked last: whoever must know of all of them then looks at the store.</summary>
        public bool Lost() => Interlocked.Exchange(ref _lost, 0) != 0;

        /// <summary>Waits until something was heard, and forgets all that was: for whoever then looks for itself.</summary>
        public async ValueTask WaitAsync(CancellationToken cancel)
        {
            await _channel.Reader.WaitToReadAsync(cancel);
            while (_channel.Reader.TryRead(out _))
            {
            }
        }

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
            _source.Close(this);
            _channel.Writer.TryComplete();
        }
    }
}

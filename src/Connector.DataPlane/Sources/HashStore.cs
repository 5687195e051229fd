using System.Collections.Concurrent;
using Connector.DataPlane.Files;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Sources;

/// <summary>The hashes of the files that are provided: computed once per state of a file, kept in memory and, for large ones, on disk.</summary>
internal sealed class HashStore(string cacheFolder, TimeProvider time) : IDisposable
{
    /// <summary>Smaller files are hashed as fast as a sidecar is read.</summary>
    private const long SmallestKeptOnDisk = 4 * 1024 * 1024;

    private const long MostBytesInMemory = 32 * 1024 * 1024;
    private const int BytesOfEntry = 512;

    /// <summary>File systems stamp changes no finer than the kernel's tick (1 to 10 ms): a change that soon after another may not show.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);

    private readonly HashSidecars _sidecars = new(cacheFolder);
    private readonly ConcurrentDictionary<string, (FileStamp Stamp, FileHashes Hashes)> _memory = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];
    private long _bytes;

    /// <summary>The hashes of an open file in its present state.</summary>
    /// <exception cref="IOException">It cannot be read, or changed meanwhile.</exception>
    public async ValueTask<FileHashes> OfAsync(string path, SafeFileHandle handle, FileStamp stamp, CancellationToken cancel)
    {
        if (_memory.TryGetValue(path, out var kept) && kept.Stamp == stamp)
        {
            return kept.Hashes;
        }

        // One turn a file, so that several who ask for the same large file at once wait for one hashing.
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(path) % _turns.Length];
        await turn.WaitAsync(cancel);
        try
        {
            if (_memory.TryGetValue(path, out kept) && kept.Stamp == stamp)
            {
                return kept.Hashes;
            }

            var large = stamp.Size >= SmallestKeptOnDisk;
            if (large && _sidecars.Find(path, stamp) is { } found)
            {
                return Remember(path, stamp, found);
            }

            await SettleAsync(stamp, cancel);
            var hashes = large
                ? await Task.Run(() => FileHasher.Hash(handle, stamp, cancel), cancel)
                : FileHasher.Hash(handle, stamp, cancel);
            if (large)
            {
                _sidecars.Keep(path, stamp, hashes);
            }

            return Remember(path, stamp, hashes);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var turn in _turns)
        {
            turn.Dispose();
        }
    }

    private async ValueTask SettleAsync(FileStamp stamp, CancellationToken cancel)
    {
        var age = time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddTicks(stamp.Modified / 100);
        if (age < s_tick && age > -s_tick)
        {
            await Task.Delay(s_tick, time, cancel);
        }
    }

    private FileHashes Remember(string path, FileStamp stamp, FileHashes hashes)
    {
        var size = BytesOfEntry + hashes.ChunkHashes.Length;
        if (Interlocked.Add(ref _bytes, size) > MostBytesInMemory)
        {
            // Starting over is rare, and costs no more than hashing small files once more and reading sidecars.
            _memory.Clear();
            Interlocked.Exchange(ref _bytes, size);
        }

        _memory[path] = (stamp, hashes);
        return hashes;
    }
}

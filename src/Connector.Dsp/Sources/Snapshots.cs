using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Data;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Sources;

/// <summary>
/// The newest and the last snapshot of each published source, for consumers that need size and hashes ahead of the bytes. They are a cache: gone at the
/// next start and when the source is withdrawn, asked for anew (conditionally) when older than <see cref="FreshFor"/>.
/// </summary>
internal sealed class Snapshots(SnapshotCalls calls, Library library, HttpDataOptions options, TimeProvider time, ILogger<Snapshots> logger)
{
    /// <summary>So long a snapshot stands without the source being asked: a consumer's call for the manifest and its call for the bytes find the same.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SnapshotShelf> _shelves = new(StringComparer.Ordinal);
    private readonly Lock _beginning = new();
    private bool _begun;

    /// <summary>A snapshot that is fresh, taken now if need be. Whoever else asks for the same source meanwhile waits for it.</summary>
    public async ValueTask<Result<Snapshot>> TakeAsync(HttpSource source, CancellationToken cancel)
    {
        if (!TryBegin())
        {
            return SourceRefusals.NoRoom;
        }

        var shelf = await TurnAsync(source.Key, cancel);
        try
        {
            if (shelf.Newest is { } newest && time.GetUtcNow() - newest.TakenAt < FreshFor)
            {
                return newest;
            }

            var asked = await calls.AskAsync(source, shelf, cancel);
            if (asked.Try(out var snapshot, out _))
            {
                shelf.Put(snapshot);
            }

            return asked;
        }
        finally
        {
            shelf.Turn.Release();
            LetGo(source.Key, shelf);
        }
    }

    /// <summary>The snapshot that a manifest is of; null when it is gone.</summary>
    public Snapshot? Of(HttpSource source, Manifest manifest) =>
        _shelves.TryGetValue(source.Key, out var shelf) ? shelf.Find(manifest) : null;

    /// <summary>Removes the snapshots of sources that are no longer published. Whoever reads one at this moment reads on, as an open file stays what it is.</summary>
    public void LetGo()
    {
        TryBegin();
        foreach (var (key, shelf) in _shelves)
        {
            LetGo(key, shelf);
        }
    }

    // Called after each turn too: of a withdrawal and a turn at the same time, whichever ends later sees the other.
    private void LetGo(string key, SnapshotShelf shelf)
    {
        if (library.Current.HttpSources.Contains(key) || !shelf.Turn.Wait(0))
        {
            return;
        }

        try
        {
            _shelves.TryRemove(KeyValuePair.Create(key, shelf));
            shelf.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.SnapshotsStay(logger, e.Message);
        }
        finally
        {
            shelf.Turn.Release();
        }
    }

    private async ValueTask<SnapshotShelf> TurnAsync(string key, CancellationToken cancel)
    {
        while (true)
        {
            var shelf = _shelves.GetOrAdd(key, _ => new SnapshotShelf(Path.Combine(options.SnapshotFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)))));
            await shelf.Turn.WaitAsync(cancel);
            if (_shelves.GetValueOrDefault(key) == shelf)
            {
                return shelf;
            }

            shelf.Turn.Release();
        }
    }

    // What an earlier life left is of no use. Where it cannot be removed, a later call tries again.
    private bool TryBegin()
    {
        lock (_beginning)
        {
            try
            {
                if (!_begun && Directory.Exists(options.SnapshotFolder))
                {
                    Directory.Delete(options.SnapshotFolder, recursive: true);
                }

                return _begun = true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.SnapshotsStay(logger, e.Message);
                return false;
            }
        }
    }
}

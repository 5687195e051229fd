using System.Collections.Concurrent;

namespace Connector.Storage;

/// <summary>
/// The records that are still changing, as they were last committed, so that the next message of a process that is under way costs no
/// read. The writer alone puts them here: it lets go of a record as it writes it and keeps it once the commit held, so that what is found
/// here is never older than what was acknowledged, and never what a rollback took back. The last that are over stay too, as their peers
/// are still to be told.
/// </summary>
internal sealed class Ongoing<T>(Func<T, string> id, Func<T, bool> isOver)
    where T : class
{
    /// <summary>Beyond so many all are let go; the database has them too.</summary>
    public const int Max = 1024;

    /// <summary>Longest body of a record that is kept; with twice that in memory, what peers send takes 32 MiB here at most.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>How many stay that are over.</summary>
    public const int MaxOver = 128;

    private readonly ConcurrentDictionary<string, T> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _written = new(StringComparer.Ordinal);
    private readonly Queue<string> _over = new();

    public T? Find(string id) => _records.GetValueOrDefault(id);

    /// <summary>The open transaction holds this.</summary>
    /// <param name="bytes">The length of the body as stored.</param>
    public void Write(T record, int bytes)
    {
        var key = id(record);
        _records.TryRemove(key, out _);
        _written.Remove(key);
        if (bytes <= MaxBytes)
        {
            _written.Add(key, record);
        }
    }

    /// <summary>The commit held.</summary>
    public void Keep()
    {
        foreach (var (key, record) in _written)
        {
            if (_records.Count == Max)
            {
                _records.Clear();
            }

            _records[key] = record;
            if (isOver(record))
            {
                _over.Enqueue(key);
            }
        }

        while (_over.Count > MaxOver)
        {
            _records.TryRemove(_over.Dequeue(), out _);
        }

        _written.Clear();
    }

    /// <summary>The transaction was rolled back.</summary>
    public void Forget() => _written.Clear();
}

using System.Collections.Concurrent;

namespace Connector.Storage;

/// <summary>
/// The records that are still changing, as they were last committed, so that the next message of a process that is under way costs no
/// read. The writer alone keeps and forgets: it forgets before a commit and keeps after it, so that what is found here is never older
/// than what was acknowledged, and never what a rollback took back.
/// </summary>
internal sealed class Ongoing<T>(Func<T, string> id, Func<T, bool> isOver)
    where T : class
{
    /// <summary>Beyond so many all are let go; the database has them too.</summary>
    public const int Max = 1024;

    /// <summary>Longest body of a record that is kept; with twice that in memory, what peers send takes 32 MiB here at most.</summary>
    public const int MaxBytes = 16 * 1024;

    private readonly ConcurrentDictionary<string, T> _records = new(StringComparer.Ordinal);

    public T? Find(string id) => _records.GetValueOrDefault(id);

    /// <param name="bytes">The length of the body as stored.</param>
    public void Keep(T record, int bytes)
    {
        Forget(record);
        if (isOver(record) || bytes > MaxBytes)
        {
            return;
        }

        if (_records.Count == Max)
        {
            _records.Clear();
        }

        _records[id(record)] = record;
    }

    public void Forget(T record) => _records.TryRemove(id(record), out _);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Connector.Storage;

/// <summary>
/// The records that are still changing, as they were last committed, so that the next message of a process that is under way costs no
/// read. The writer alone keeps and forgets: it forgets before a commit and keeps after it, so that what is found here is never older
/// than what was acknowledged, and never what a rollback took back.
/// </summary>
internal sealed class Ongoing<T>(Func<T, string> id, Func<T, bool> isOver)
    where T : class
{
    /// <summary>Beyond so many all are let go: each costs some kilobytes, and the database has them too.</summary>
    public const int Max = 1024;

    private readonly ConcurrentDictionary<string, T> _records = new(StringComparer.Ordinal);

    public T? Find(string id) => _records.GetValueOrDefault(id);

    public void Keep(ImmutableArray<T> committed)
    {
        foreach (var record in committed)
        {
            if (isOver(record))
            {
                Forget(id(record));
                continue;
            }

            if (_records.Count == Max)
            {
                _records.Clear();
            }

            _records[id(record)] = record;
        }
    }

    public void Forget(ImmutableArray<T> records)
    {
        foreach (var record in records)
        {
            Forget(id(record));
        }
    }

    private void Forget(string id) => _records.TryRemove(id, out _);
}

using System.Threading.Channels;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>
/// Writes to SQLite: one thread owns one connection, takes all changes that are waiting, and commits them together, so that many
/// concurrent decisions share one wait for the disk. A change is acknowledged only after its commit has returned.
/// </summary>
public sealed class SqliteStore : IStore, IAsyncDisposable
{
    /// <summary>Changes in one commit; beyond this, waiting for the whole batch costs more than another wait for the disk.</summary>
    private const int MaxBatch = 256;

    private const int MaxWaiting = 8192;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly string _path;
    private readonly IDisposable _lock;
    private readonly SqliteChanges _changes;
    private readonly Thread _writer;

    private SqliteStore(string path, ISignatures signatures, IDisposable writerLock)
    {
        (_path, _lock) = (path, writerLock);
        Reads = new SqliteReads(path);
        _changes = new SqliteChanges(SqliteFile.OpenWriter(path), signatures, Reads.Negotiations, Reads.Transfers);
        _writer = new Thread(Write) { IsBackground = true, Name = "store writer" };
        _writer.Start();
    }

    /// <summary>The read ports.</summary>
    public SqliteReads Reads { get; }

    /// <summary>Opens the file, making or migrating it first.</summary>
    /// <param name="path">Absolute path of the database file.</param>
    /// <param name="rewriting">Told before a file of an earlier version is brought to this one's form, which takes its time.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static SqliteStore Open(string path, ISignatures signatures, Action? rewriting = null)
    {
        var writerLock = WriterLock.Take(path);
        try
        {
            SqliteMigrations.Apply(path, rewriting);
            return new SqliteStore(path, signatures, writerLock);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    public async ValueTask<bool> CommitAsync(Change change, CancellationToken cancel)
    {
        var waiting = new Waiting(change);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancel);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreException($"{_path} is closed: the connector is stopping", e);
        }

        // From here on the change may be stored, so its caller must hear what became of it.
        return await waiting.Committed.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.Run(_writer.Join);
        Reads.Dispose();
        _changes.Dispose();
        _lock.Dispose();
    }

    private void Write()
    {
        var batch = new List<Waiting>(MaxBatch);
        var reader = _waiting.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            Commit(batch);
        }
    }

    private void Commit(List<Waiting> batch)
    {
        try
        {
            if (TryCommit(batch))
            {
                foreach (var waiting in batch)
                {
                    waiting.Committed.SetResult(waiting.Stored);
                }

                return;
            }

            _changes.Rollback();
            if (batch is [var late])
            {
                late.Committed.SetResult(false);
                return;
            }
        }
        catch (Exception e)
        {
            _changes.Rollback();
            if (batch is [var faulty])
            {
                faulty.Committed.SetException(e is SqliteException ? SqliteFaults.Explain(_path, e) : e);
                return;
            }
        }

        // One change that cannot be written down must not take the others of its batch with it: each is tried alone.
        foreach (var waiting in batch)
        {
            Commit([waiting]);
        }
    }

    /// <returns>False when a change conflicts after some of it was written: nothing may be committed.</returns>
    private bool TryCommit(List<Waiting> batch)
    {
        _changes.Begin();
        foreach (var waiting in batch)
        {
            var applied = _changes.Apply(waiting.Change);
            if (applied == Applied.HalfWritten)
            {
                return false;
            }

            waiting.Stored = applied == Applied.Whole;
        }

        _changes.Commit();
        return true;
    }

    private sealed class Waiting(Change change)
    {
        public Change Change { get; } = change;

        public bool Stored { get; set; }

        public TaskCompletionSource<bool> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Reads from SQLite beside the writer: what was acknowledged is seen. SQLite is in this process, so reads complete at once.</summary>
public sealed class SqliteReads : INegotiationStore, IAgreementStore, ITransferStore, IRefusedTransferStore, IEffectStore, IEvidenceStore, IDocumentStore, IDisposable
{
    private const int StreamPage = 500;

    private readonly string _path;
    private readonly ConcurrentBag<SqliteStatements> _idle = [];

    internal SqliteReads(string path) => _path = path;

    internal Ongoing<Negotiation> Negotiations { get; } = new(n => n.Id, n => n.IsTerminal);

    internal Ongoing<Transfer> Transfers { get; } = new(t => t.Id, t => t.IsTerminal);

    /// <summary>Opens an existing database for reading alone, whether a connector is running on it or not.</summary>
    /// <exception cref="StoreException">There is none, it cannot be read, or it is not a store of this program.</exception>
    public static SqliteReads OpenExisting(string path)
    {
        if (!File.Exists(path))
        {
            throw new StoreException($"{path} does not exist; has this connector ever run?");
        }

        SqliteMigrations.Check(path);
        return new SqliteReads(path);
    }

    ValueTask<Negotiation?> INegotiationStore.FindAsync(string id, CancellationToken cancel) =>
        Negotiations.Find(id) is { } ongoing ? new(ongoing) : One<Negotiation>("SELECT body FROM negotiation WHERE id = $1", id);

    ValueTask<Negotiation?> INegotiationStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) =>
        One<Negotiation>("SELECT body FROM negotiation WHERE peer = $1 AND role = $2 AND peer_pid = $3", peer, (long)role, peerPid);

    ValueTask<ImmutableArray<Negotiation>> INegotiationStore.ListAsync(Page page, CancellationToken cancel) => Listing<Negotiation>("negotiation", page);

    ValueTask<Agreement?> IAgreementStore.FindAsync(string id, CancellationToken cancel) =>
        One<Agreement>("SELECT body FROM agreement WHERE id = $1", id);

    ValueTask<ImmutableArray<Agreement>> IAgreementStore.ListAsync(Page page, CancellationToken cancel) => Listing<Agreement>("agreement", page);

    IAsyncEnumerable<Agreement> IAgreementStore.InForceAsync(string? peer, CancellationToken cancel) => Stream(
        after => peer is null
            ? Many<Agreement>("SELECT body FROM agreement WHERE in_force = 1 AND id > $1 ORDER BY id LIMIT $2", after, StreamPage)
            : Many<Agreement>("SELECT body FROM agreement WHERE peer = $3 AND in_force = 1 AND id > $1 ORDER BY id LIMIT $2", after, StreamPage, peer),
        "",
        agreement => agreement.Id,
        cancel);

    IAsyncEnumerable<Agreement> IAgreementStore.AllAsync(CancellationToken cancel) => Stream(
        after => Many<Agreement>("SELECT body FROM agreement WHERE id > $1 ORDER BY id LIMIT $2", after, StreamPage), "", agreement => agreement.Id, cancel);

    IAsyncEnumerable<Agreement> IAgreementStore.DueAsync(DateTimeOffset until, CancellationToken cancel) => Stream(
        after => Many<Agreement>(
            "SELECT body FROM agreement WHERE in_force = 1 AND due <= $1 AND (due, id) > ($2, $3) ORDER BY due, id LIMIT $4", until.UtcTicks, after.Due, after.Id, StreamPage),
        (Due: -1L, Id: ""),
        agreement => (agreement.ChangesAt!.Value.UtcTicks, agreement.Id),
        cancel);

    ValueTask<DateTimeOffset?> IAgreementStore.NextDueAsync(CancellationToken cancel) => Using(statements => statements.First(
        "SELECT due FROM agreement WHERE in_force = 1 AND due IS NOT NULL ORDER BY due LIMIT 1", row => (DateTimeOffset?)new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero)));

    ValueTask<Transfer?> ITransferStore.FindAsync(string id, CancellationToken cancel) =>
        Transfers.Find(id) is { } ongoing ? new(ongoing) : One<Transfer>("SELECT body FROM transfer WHERE id = $1", id);

    ValueTask<Transfer?> ITransferStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) =>
        One<Transfer>("SELECT body FROM transfer WHERE peer = $1 AND role = $2 AND peer_pid = $3", peer, (long)role, peerPid);

    ValueTask<ImmutableArray<Transfer>> ITransferStore.ListAsync(Page page, CancellationToken cancel) => Listing<Transfer>("transfer", page);

    ValueTask<ImmutableArray<Transfer>> ITransferStore.LiveAsync(string agreementId, CancellationToken cancel) =>
        Many<Transfer>("SELECT body FROM transfer WHERE agreement_id = $1 AND live = 1 ORDER BY position", agreementId);

    ValueTask<RefusedTransfer?> IRefusedTransferStore.FindAsync(string idOrConsumerPid, CancellationToken cancel) =>
        One<RefusedTransfer>("SELECT body FROM refused_transfer WHERE id = $1 OR consumer_pid = $1 ORDER BY position DESC LIMIT 1", idOrConsumerPid);

    ValueTask<ImmutableArray<RefusedTransfer>> IRefusedTransferStore.ListAsync(Page page, CancellationToken cancel) => Listing<RefusedTransfer>("refused_transfer", page);

    public ValueTask<ImmutableArray<StoredEffect>> PendingAsync(long after, int limit, CancellationToken cancel) => Using(statements => statements.All(
        "SELECT position, body FROM effect WHERE position > $1 ORDER BY position LIMIT $2",
        row => new StoredEffect(row.GetInt64(0), StorageJson.Read<Effect>((byte[])row.GetValue(1))),
        after,
        limit));

    public IAsyncEnumerable<EvidenceEntry> ReadAsync(long fromSequence, CancellationToken cancel) => Stream(
        from => Using(statements => statements.All(
            "SELECT sequence, at, kind, subject, peer, payload, previous_hash, hash, signature FROM evidence WHERE sequence >= $1 ORDER BY sequence LIMIT $2", Entry, from, StreamPage)),
        fromSequence,
        entry => entry.Sequence + 1,
        cancel);

    public ValueTask<EvidenceHead?> HeadAsync(CancellationToken cancel) => Using(statements => statements.First(
        "SELECT sequence, hash, signature FROM evidence_head", row => new EvidenceHead(row.GetInt64(0), (byte[])row.GetValue(1), (byte[])row.GetValue(2))));

    public ValueTask<ImmutableArray<Document>> AllAsync(CancellationToken cancel) => Using(statements => statements.All(
        "SELECT kind, name, text, folder, applied_at FROM document ORDER BY kind, name",
        row => new Document(
            Enum.Parse<DocumentKind>(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), DateTimeOffset.Parse(row.GetString(4), CultureInfo.InvariantCulture))));

    public void Dispose()
    {
        while (_idle.TryTake(out var statements))
        {
            statements.Dispose();
        }
    }

    private ValueTask<T?> One<T>(string sql, params object?[] values)
        where T : class => Using(statements => statements.First(sql, Body<T>, values));

    private ValueTask<ImmutableArray<T>> Many<T>(string sql, params object?[] values) => Using(statements => statements.All(sql, Body<T>, values));

    private ValueTask<ImmutableArray<T>> Listing<T>(string table, Page page) => Many<T>(
        $"SELECT body FROM {table} WHERE ($1 IS NULL OR peer = $1) AND ($2 IS NULL OR position < (SELECT position FROM {table} WHERE id = $2)) ORDER BY position DESC LIMIT $3",
        page.Peer, page.Before, Math.Clamp(page.Limit, 1, 1000));

    // Page by page, so that nothing is held open while somebody takes their time: each row says where the next page goes on.
    private static async IAsyncEnumerable<T> Stream<T, TKey>(Func<TKey, ValueTask<ImmutableArray<T>>> page, TKey from, Func<T, TKey> next, [EnumeratorCancellation] CancellationToken cancel)
    {
        ImmutableArray<T> rows;
        do
        {
            rows = await page(from);
            foreach (var row in rows)
            {
                cancel.ThrowIfCancellationRequested();
                yield return row;
                from = next(row);
            }
        }
        while (rows.Length == StreamPage);
    }

    private static T Body<T>(SqliteDataReader row) => StorageJson.Read<T>((byte[])row.GetValue(0));

    // What was changed by somebody else must come out as something: whoever verifies says that it does not fit.
    private static EvidenceEntry Entry(SqliteDataReader row) => new(
        row.GetInt64(0),
        new EvidenceDraft(
            Enum.TryParse<EvidenceKind>(row.GetString(2), out var kind) ? kind : (EvidenceKind)(-1),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            DateTimeOffset.TryParse(row.GetString(1), CultureInfo.InvariantCulture, out var at) ? at : default),
        (byte[])row.GetValue(6),
        (byte[])row.GetValue(7),
        (byte[])row.GetValue(8));

    private ValueTask<T> Using<T>(Func<SqliteStatements, T> read)
    {
        if (!_idle.TryTake(out var statements))
        {
            statements = new SqliteStatements(SqliteFile.OpenReader(_path));
        }

        try
        {
            var result = read(statements);
            _idle.Add(statements);
            return ValueTask.FromResult(result);
        }
        catch (SqliteException e)
        {
            statements.Dispose();
            throw SqliteFaults.Explain(_path, e);
        }
        catch
        {
            statements.Dispose();
            throw;
        }
    }
}

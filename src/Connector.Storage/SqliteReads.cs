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
using Dapper;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Reads from SQLite beside the writer: what was acknowledged is seen. SQLite is in this process, so reads complete at once.</summary>
public sealed class SqliteReads : INegotiationStore, IAgreementStore, ITransferStore, IEffectStore, IEvidenceStore, IDocumentStore, IDisposable
{
    private const int StreamPage = 500;

    private readonly string _path;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    internal SqliteReads(string path) => _path = path;

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
        One<Negotiation>("SELECT body FROM negotiation WHERE id = @id", new { id });

    ValueTask<Negotiation?> INegotiationStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) =>
        One<Negotiation>("SELECT body FROM negotiation WHERE peer = @peer AND role = @role AND peer_pid = @peerPid", new { peer, role = (long)role, peerPid });

    ValueTask<ImmutableArray<Negotiation>> INegotiationStore.ListAsync(Page page, CancellationToken cancel) => Listing<Negotiation>("negotiation", page);

    ValueTask<Agreement?> IAgreementStore.FindAsync(string id, CancellationToken cancel) =>
        One<Agreement>("SELECT body FROM agreement WHERE id = @id", new { id });

    ValueTask<ImmutableArray<Agreement>> IAgreementStore.ListAsync(Page page, CancellationToken cancel) => Listing<Agreement>("agreement", page);

    async IAsyncEnumerable<Agreement> IAgreementStore.InForceAsync(string? peer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        var whose = peer is null ? "" : "peer = @peer AND ";
        while (true)
        {
            var page = await Many<Agreement>($"SELECT body FROM agreement WHERE {whose}in_force = 1 AND id > @after ORDER BY id LIMIT @limit", new { peer, after, limit = StreamPage });
            foreach (var agreement in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return agreement;
            }

            if (page.Length < StreamPage)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    ValueTask<ImmutableArray<Agreement>> IAgreementStore.DueAsync(int limit, CancellationToken cancel) =>
        Many<Agreement>("SELECT body FROM agreement WHERE in_force = 1 AND due IS NOT NULL ORDER BY due, id LIMIT @limit", new { limit });

    ValueTask<Transfer?> ITransferStore.FindAsync(string id, CancellationToken cancel) =>
        One<Transfer>("SELECT body FROM transfer WHERE id = @id", new { id });

    ValueTask<Transfer?> ITransferStore.FindByPeerPidAsync(string peer, Role role, string peerPid, CancellationToken cancel) =>
        One<Transfer>("SELECT body FROM transfer WHERE peer = @peer AND role = @role AND peer_pid = @peerPid", new { peer, role = (long)role, peerPid });

    ValueTask<ImmutableArray<Transfer>> ITransferStore.ListAsync(Page page, CancellationToken cancel) => Listing<Transfer>("transfer", page);

    ValueTask<ImmutableArray<Transfer>> ITransferStore.LiveAsync(string agreementId, CancellationToken cancel) =>
        Many<Transfer>("SELECT body FROM transfer WHERE agreement_id = @agreementId AND live = 1 ORDER BY position", new { agreementId });

    public ValueTask<ImmutableArray<StoredEffect>> PendingAsync(long after, int limit, CancellationToken cancel) => Using(connection => connection
        .Query<(long Position, byte[] Body)>("SELECT position, body FROM effect WHERE position > @after ORDER BY position LIMIT @limit", new { after, limit })
        .Select(row => new StoredEffect(row.Position, StorageJson.Read<Effect>(row.Body)))
        .ToImmutableArray());

    public async IAsyncEnumerable<EvidenceEntry> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var page = await Using(connection => connection
                .Query<EvidenceRow>("SELECT sequence, at, kind, subject, peer, payload, previous_hash AS PreviousHash, hash, signature FROM evidence WHERE sequence >= @fromSequence ORDER BY sequence LIMIT @limit",
                    new { fromSequence, limit = StreamPage })
                .ToImmutableArray());
            foreach (var row in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return row.Entry;
            }

            if (page.Length < StreamPage)
            {
                yield break;
            }

            fromSequence = page[^1].Sequence + 1;
        }
    }

    public ValueTask<EvidenceHead?> HeadAsync(CancellationToken cancel) => Using(connection =>
    {
        var row = connection.QuerySingleOrDefault<(long Sequence, byte[]? Hash, byte[]? Signature)>("SELECT sequence, hash, signature FROM evidence_head");
        return row.Hash is null ? null : new EvidenceHead(row.Sequence, row.Hash, row.Signature!);
    });

    public ValueTask<ImmutableArray<Document>> AllAsync(CancellationToken cancel) => Using(connection => connection
        .Query<(string Kind, string Name, string Text, string Folder, string AppliedAt)>("SELECT kind, name, text, folder, applied_at FROM document ORDER BY kind, name")
        .Select(d => new Document(Enum.Parse<DocumentKind>(d.Kind), d.Name, d.Text, d.Folder, DateTimeOffset.Parse(d.AppliedAt, CultureInfo.InvariantCulture)))
        .ToImmutableArray());

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private ValueTask<T?> One<T>(string sql, object parameters)
        where T : class => Using(connection => connection.QuerySingleOrDefault<byte[]>(sql, parameters) is { } body ? StorageJson.Read<T>(body) : null);

    private ValueTask<ImmutableArray<T>> Many<T>(string sql, object parameters) =>
        Using(connection => connection.Query<byte[]>(sql, parameters).Select(StorageJson.Read<T>).ToImmutableArray());

    private ValueTask<ImmutableArray<T>> Listing<T>(string table, Page page) => Many<T>(
        $"SELECT body FROM {table} WHERE (@peer IS NULL OR peer = @peer) AND (@before IS NULL OR position < (SELECT position FROM {table} WHERE id = @before)) ORDER BY position DESC LIMIT @limit",
        new { peer = page.Peer, before = page.Before, limit = Math.Clamp(page.Limit, 1, 1000) });

    private ValueTask<T> Using<T>(Func<SqliteConnection, T> read)
    {
        if (!_idle.TryTake(out var connection))
        {
            connection = SqliteFile.OpenReader(_path);
        }

        try
        {
            var result = read(connection);
            _idle.Add(connection);
            return ValueTask.FromResult(result);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFaults.Explain(_path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private sealed record EvidenceRow(long Sequence, string At, string Kind, string Subject, string Peer, string Payload, byte[] PreviousHash, byte[] Hash, byte[] Signature)
    {
        public EvidenceEntry Entry => new(
            Sequence,
            new EvidenceDraft(Enum.TryParse<EvidenceKind>(Kind, out var kind) ? kind : (EvidenceKind)(-1), Subject, Peer, Payload, DateTimeOffset.TryParse(At, CultureInfo.InvariantCulture, out var at) ? at : default),
            PreviousHash,
            Hash,
            Signature);
    }
}

using System.Globalization;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Writes changes inside one open transaction. Owned by the writer thread.</summary>
internal sealed class SqliteChanges : IDisposable
{
    private readonly SqliteStatements _sql;
    private readonly EvidenceWriter _evidence;
    private readonly Ongoing<Negotiation> _negotiations;
    private readonly Ongoing<Transfer> _transfers;
    private long _position;
    private bool _begun;

    public SqliteChanges(SqliteConnection connection, ISignatures signatures, Ongoing<Negotiation> negotiations, Ongoing<Transfer> transfers)
    {
        (_negotiations, _transfers) = (negotiations, transfers);
        _sql = new SqliteStatements(connection);
        _evidence = new EvidenceWriter(_sql, signatures);
        _position = _sql.Number("SELECT max(position) FROM (SELECT 0 AS position UNION ALL SELECT max(position) FROM negotiation UNION ALL SELECT max(position) FROM agreement UNION ALL SELECT max(position) FROM transfer UNION ALL SELECT max(position) FROM effect)");
    }

    public void Dispose() => _sql.Dispose();

    public void Begin() => _sql.Run("BEGIN IMMEDIATE");

    public void Commit()
    {
        _evidence.WriteHead();
        _sql.Run("COMMIT");
        _evidence.Keep();
        _negotiations.Keep();
        _transfers.Keep();
    }

    public void Rollback()
    {
        _evidence.Forget();
        _negotiations.Forget();
        _transfers.Forget();
        _sql.TryRun("ROLLBACK");
    }

    /// <summary>Writes one change. There is no savepoint for each: a conflict is nearly always found by the first write, when there is nothing to undo.</summary>
    public Applied Apply(Change change)
    {
        _begun = false;
        if (!Write(change))
        {
            return _begun ? Applied.HalfWritten : Applied.Conflict;
        }

        // Last, when nothing can refuse the change any more: the chain is only ever made longer.
        foreach (var draft in change.Evidence)
        {
            _evidence.Append(draft);
        }

        return Applied.Whole;
    }

    private bool Write(Change change)
    {
        foreach (var n in change.Negotiations)
        {
            if (!Write(n))
            {
                return false;
            }
        }

        foreach (var a in change.Agreements)
        {
            if (!Write(a))
            {
                return false;
            }
        }

        foreach (var t in change.Transfers)
        {
            if (!Write(t))
            {
                return false;
            }
        }

        foreach (var done in change.Done)
        {
            _begun |= _sql.Run("DELETE FROM effect WHERE id = $1", done) != 0;
        }

        foreach (var effect in change.Effects)
        {
            if (!TryPut("INSERT INTO effect (position, id, body) VALUES ($1, $2, $3)", ++_position, effect.Id, StorageJson.Write(effect)))
            {
                return false;
            }
        }

        foreach (var refused in change.RefusedTransfers)
        {
            Write(refused);
        }

        foreach (var d in change.Documents)
        {
            _sql.Run(
                "INSERT INTO document (kind, name, text, folder, applied_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, name) DO UPDATE SET text = $3, folder = $4, applied_at = $5",
                d.Kind.ToString(), d.Name, d.Text, d.Folder, d.AppliedAt.ToString("O", CultureInfo.InvariantCulture));
        }

        foreach (var key in change.DeletedDocuments)
        {
            _sql.Run("DELETE FROM document WHERE kind = $1 AND name = $2", key.Kind.ToString(), key.Name);
        }

        return true;
    }

    /// <returns>False when another change came first: the row is not there in the version before, or a unique key is taken.</returns>
    private bool TryPut(string sql, params ReadOnlySpan<object?> values)
    {
        try
        {
            var put = _sql.Run(sql, values) == 1;
            _begun |= put;
            return put;
        }
        catch (SqliteException e) when (SqliteFaults.IsTaken(e))
        {
            return false;
        }
    }

    private bool Write(Negotiation n)
    {
        var body = StorageJson.Write(n);
        var put = n.Version == 1
            ? TryPut("INSERT INTO negotiation (id, role, peer, peer_pid, state, version, position, body) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)",
                n.Id, (long)n.Role, n.Peer, n.PeerPid, (long)n.State, ++_position, body)
            : TryPut("UPDATE negotiation SET peer_pid = $2, state = $3, version = $4, body = $5 WHERE id = $1 AND version = $4 - 1",
                n.Id, n.PeerPid, (long)n.State, n.Version, body);
        if (put)
        {
            _negotiations.Write(n, body.Length);
        }

        return put;
    }

    private bool Write(Agreement a) => a.Version == 1
        ? TryPut("INSERT INTO agreement (id, peer, in_force, due, version, position, body) VALUES ($1, $2, $3, $4, 1, $5, $6)",
            a.Id, a.Peer, a.End is null ? 1L : 0L, a.ChangesAt?.UtcTicks, ++_position, StorageJson.Write(a))
        : TryPut("UPDATE agreement SET in_force = $2, due = $3, version = $4, body = $5 WHERE id = $1 AND version = $4 - 1",
            a.Id, a.End is null ? 1L : 0L, a.ChangesAt?.UtcTicks, a.Version, StorageJson.Write(a));

    private void Write(RefusedTransfer r)
    {
        _sql.Run("INSERT INTO refused_transfer (id, peer, consumer_pid, agreement_id, body) VALUES ($1, $2, $3, $4, $5)", r.Id, r.Peer, r.ConsumerPid, r.AgreementId, StorageJson.Write(r));
        _sql.Run(
            "DELETE FROM refused_transfer WHERE agreement_id = $1 AND position <= (SELECT position FROM refused_transfer WHERE agreement_id = $1 ORDER BY position DESC LIMIT 1 OFFSET $2)",
            r.AgreementId, (long)RefusedTransfer.Kept);
    }

    private bool Write(Transfer t)
    {
        var body = StorageJson.Write(t);
        var put = t.Version == 1
            ? TryPut("INSERT INTO transfer (id, role, peer, peer_pid, agreement_id, live, version, position, body) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
                t.Id, (long)t.Role, t.Peer, t.PeerPid, t.AgreementId, t.IsTerminal ? 0L : 1L, ++_position, body)
            : TryPut("UPDATE transfer SET peer_pid = $2, live = $3, version = $4, body = $5 WHERE id = $1 AND version = $4 - 1",
                t.Id, t.PeerPid, t.IsTerminal ? 0L : 1L, t.Version, body);
        if (put)
        {
            _transfers.Write(t, body.Length);
        }

        return put;
    }
}

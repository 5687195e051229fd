using System.Globalization;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Writes changes inside one open transaction, each whole or not at all. Owned by the writer thread.</summary>
internal sealed class SqliteChanges : IDisposable
{
    private readonly SqliteStatements _sql;
    private readonly EvidenceWriter _evidence;
    private long _position;

    public SqliteChanges(SqliteConnection connection, ISignatures signatures)
    {
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
    }

    public void Rollback()
    {
        _evidence.Forget();
        _sql.TryRun("ROLLBACK");
    }

    /// <returns>False when a version or unique key was taken: nothing of the change is left in the transaction.</returns>
    public bool TryApply(Change change)
    {
        _sql.Run("SAVEPOINT change");
        if (!TryWrite(change))
        {
            _sql.Run("ROLLBACK TO change");
            _sql.Run("RELEASE change");
            return false;
        }

        // Last, when nothing can refuse the change any more: the chain is only ever made longer.
        foreach (var draft in change.Evidence)
        {
            _evidence.Append(draft);
        }

        _sql.Run("RELEASE change");
        return true;
    }

    private bool TryWrite(Change change)
    {
        try
        {
            return Write(change);
        }
        catch (SqliteException e) when (SqliteFaults.IsTaken(e))
        {
            return false;
        }
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

        foreach (var refused in change.RefusedTransfers)
        {
            Write(refused);
        }

        foreach (var done in change.Done)
        {
            _sql.Run("DELETE FROM effect WHERE id = $1", done);
        }

        foreach (var effect in change.Effects)
        {
            _sql.Run("INSERT INTO effect (position, id, body) VALUES ($1, $2, $3)", ++_position, effect.Id, StorageJson.Write(effect));
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

    private bool Write(Negotiation n) => n.Version == 1
        ? _sql.Run("INSERT INTO negotiation (id, role, peer, peer_pid, state, version, position, body) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)",
            n.Id, (long)n.Role, n.Peer, n.PeerPid, (long)n.State, ++_position, StorageJson.Write(n)) == 1
        : _sql.Run("UPDATE negotiation SET peer_pid = $2, state = $3, version = $4, body = $5 WHERE id = $1 AND version = $4 - 1",
            n.Id, n.PeerPid, (long)n.State, n.Version, StorageJson.Write(n)) == 1;

    private bool Write(Agreement a) => a.Version == 1
        ? _sql.Run("INSERT INTO agreement (id, peer, in_force, due, version, position, body) VALUES ($1, $2, $3, $4, 1, $5, $6)",
            a.Id, a.Peer, a.End is null ? 1L : 0L, a.ChangesAt?.UtcTicks, ++_position, StorageJson.Write(a)) == 1
        : _sql.Run("UPDATE agreement SET in_force = $2, due = $3, version = $4, body = $5 WHERE id = $1 AND version = $4 - 1",
            a.Id, a.End is null ? 1L : 0L, a.ChangesAt?.UtcTicks, a.Version, StorageJson.Write(a)) == 1;

    private void Write(RefusedTransfer r)
    {
        _sql.Run("INSERT INTO refused_transfer (id, peer, consumer_pid, agreement_id, body) VALUES ($1, $2, $3, $4, $5)", r.Id, r.Peer, r.ConsumerPid, r.AgreementId, StorageJson.Write(r));
        _sql.Run(
            "DELETE FROM refused_transfer WHERE agreement_id = $1 AND position <= (SELECT position FROM refused_transfer WHERE agreement_id = $1 ORDER BY position DESC LIMIT 1 OFFSET $2)",
            r.AgreementId, (long)RefusedTransfer.Kept);
    }

    private bool Write(Transfer t) => t.Version == 1
        ? _sql.Run("INSERT INTO transfer (id, role, peer, peer_pid, agreement_id, live, version, position, body) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
            t.Id, (long)t.Role, t.Peer, t.PeerPid, t.AgreementId, t.IsTerminal ? 0L : 1L, ++_position, StorageJson.Write(t)) == 1
        : _sql.Run("UPDATE transfer SET peer_pid = $2, live = $3, version = $4, body = $5 WHERE id = $1 AND version = $4 - 1",
            t.Id, t.PeerPid, t.IsTerminal ? 0L : 1L, t.Version, StorageJson.Write(t)) == 1;
}

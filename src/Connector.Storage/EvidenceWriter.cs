using System.Globalization;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Participants;

namespace Connector.Storage;

/// <summary>Appends to the evidence log inside the writer's transaction: sequence, chain, signature, and the signed head once a commit.</summary>
internal sealed class EvidenceWriter
{
    private readonly SqliteStatements _sql;
    private readonly ISignatures _signatures;
    private (long Sequence, byte[] Hash) _kept;
    private (long Sequence, byte[] Hash) _end;

    public EvidenceWriter(SqliteStatements sql, ISignatures signatures)
    {
        (_sql, _signatures) = (sql, signatures);
        _end = _kept = sql.First("SELECT sequence, hash FROM evidence ORDER BY sequence DESC LIMIT 1", row => ((long, byte[])?)(row.GetInt64(0), (byte[])row.GetValue(1))) ?? (0, EvidenceChain.Genesis);
    }

    public void Append(EvidenceDraft draft)
    {
        var sequence = _end.Sequence + 1;
        var hash = EvidenceChain.HashOf(sequence, draft, _end.Hash);
        _sql.Run(
            "INSERT INTO evidence (sequence, at, kind, subject, peer, payload, previous_hash, hash, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            sequence, draft.At.ToString("O", CultureInfo.InvariantCulture), draft.Kind.ToString(), draft.Subject, draft.Peer, draft.Payload, _end.Hash, hash, _signatures.SignHash(hash));
        _end = (sequence, hash);
    }

    public void WriteHead()
    {
        if (_end.Sequence != _kept.Sequence)
        {
            _sql.Run(
                "INSERT INTO evidence_head (one, sequence, hash, signature) VALUES (1, $1, $2, $3) ON CONFLICT (one) DO UPDATE SET sequence = $1, hash = $2, signature = $3",
                _end.Sequence, _end.Hash, _signatures.SignHash(EvidenceChain.HeadHash(_end.Sequence, _end.Hash)));
        }
    }

    /// <summary>The commit held.</summary>
    public void Keep() => _kept = _end;

    /// <summary>The transaction was rolled back.</summary>
    public void Forget() => _end = _kept;
}

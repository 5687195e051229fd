using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sinks;

/// <summary>Follows the order that pieces must come in: no gap, no repetition, none over the end of its chunk.</summary>
internal sealed class PieceOrder
{
    private readonly Manifest _manifest;
    private int _chunk;
    private int _left;

    public PieceOrder(Manifest manifest, ResumePoint from)
    {
        (_manifest, File, _chunk) = (manifest, from.File, from.Chunk);
        Enter();
    }

    /// <summary>The file that the next piece is of; the number of files once all have come.</summary>
    public int File { get; private set; }

    /// <summary>Whether the piece is the next one.</summary>
    public bool Take(in Piece piece)
    {
        var length = piece.Bytes.Length;
        if (piece.File != File || piece.Chunk != _chunk || length == 0 || length > _left || piece.EndsChunk != (length == _left))
        {
            return false;
        }

        _left -= length;
        if (_left == 0)
        {
            _chunk++;
            Enter();
        }

        return true;
    }

    private void Enter()
    {
        for (; File < _manifest.Files.Length; File++, _chunk = 0)
        {
            var file = _manifest.Files[File];
            if (_chunk < file.ChunkCount)
            {
                _left = Chunking.Length(file.Size, file.ChunkSize, _chunk);
                return;
            }
        }
    }
}

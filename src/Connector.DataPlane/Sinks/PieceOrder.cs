using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sinks;

/// <summary>Follows the order that pieces must come in: no gap, no repetition, none over the end of its chunk.</summary>
internal sealed class PieceOrder
{
    private readonly Manifest _manifest;
    private int _file;
    private int _chunk;
    private int _left;

    public PieceOrder(Manifest manifest, ResumePoint from)
    {
        (_manifest, _file, _chunk) = (manifest, from.File, from.Chunk);
        Enter();
    }

    /// <summary>Whether the piece is the next one.</summary>
    public bool Take(in Piece piece)
    {
        var length = piece.Bytes.Length;
        if (piece.File != _file || piece.Chunk != _chunk || length == 0 || length > _left || piece.EndsChunk != (length == _left))
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
        for (; _file < _manifest.Files.Length; _file++, _chunk = 0)
        {
            var file = _manifest.Files[_file];
            if (_chunk < file.ChunkCount)
            {
                _left = Chunking.Length(file.Size, file.ChunkSize, _chunk);
                return;
            }
        }
    }
}

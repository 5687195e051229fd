using System.Collections.Immutable;

namespace Connector.ControlPlane.Exchanges;

/// <summary>What a dataset consists of, byte for byte: sent ahead of the bytes, checked against them.</summary>
/// <param name="ContentType">Media type of the whole.</param>
/// <param name="Files">One for a file, many for a folder, ordered by path.</param>
public sealed record Manifest(string ContentType, ImmutableArray<ManifestFile> Files)
{
    public long Size => Files.Sum(f => f.Size);
}

/// <summary>One file of a manifest.</summary>
/// <param name="Path">Path relative to the dataset, '/' between parts; a bare name for a single file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the whole file, 32 bytes.</param>
/// <param name="ChunkSize">Bytes of each chunk but the last.</param>
/// <param name="ChunkHashes">SHA-256 of each chunk, 32 bytes each, one after the other: the leaves of the chunk tree.</param>
/// <param name="TreeRoot">Root of the chunk tree over the leaves, 32 bytes (RFC 6962 hashing: 0x00 before leaves, 0x01 before nodes).</param>
public sealed record ManifestFile(string Path, long Size, ReadOnlyMemory<byte> Sha256, int ChunkSize, ReadOnlyMemory<byte> ChunkHashes, ReadOnlyMemory<byte> TreeRoot)
{
    public int ChunkCount => ChunkHashes.Length / 32;
}

/// <summary>From where on bytes are wanted: a whole chunk of a file.</summary>
public readonly record struct ResumePoint(int File, int Chunk);

/// <summary>A piece of a file on its way. Pieces come in order and never cross the end of a chunk.</summary>
/// <param name="File">Index into the manifest's files.</param>
/// <param name="Chunk">Index of the chunk.</param>
/// <param name="Bytes">The bytes; valid only until the next piece is asked for.</param>
/// <param name="EndsChunk">Whether this piece is its chunk's last.</param>
public readonly record struct Piece(int File, int Chunk, ReadOnlyMemory<byte> Bytes, bool EndsChunk);

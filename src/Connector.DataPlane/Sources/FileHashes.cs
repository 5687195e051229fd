namespace Connector.DataPlane.Sources;

/// <summary>What was computed from one state of a file.</summary>
internal sealed record FileHashes(int ChunkSize, byte[] Sha256, byte[] ChunkHashes, byte[] TreeRoot);

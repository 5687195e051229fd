namespace Connector.DataPlane.Sinks;

/// <summary>Bytes on their way from the network to the disk.</summary>
/// <param name="Buffer">A rented buffer.</param>
/// <param name="Length">How much of it is filled.</param>
/// <param name="EndsChunk">Whether the last of it ends a chunk.</param>
internal readonly record struct Block(byte[] Buffer, int Length, bool EndsChunk);

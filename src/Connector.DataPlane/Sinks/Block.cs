using System.Runtime.InteropServices;

namespace Connector.DataPlane.Sinks;

/// <summary>Bytes on their way from the network to the disk, where a disk can take them from without a copy.</summary>
internal sealed class Block
{
    /// <summary>What addresses, offsets and lengths must be multiples of for that: no disk asks for more.</summary>
    public const int Alignment = 4096;

    private readonly Memory<byte> _bytes;

    public Block(int size)
    {
        var array = GC.AllocateUninitializedArray<byte>(size + Alignment, pinned: true);
        var ahead = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (Alignment - 1));
        _bytes = array.AsMemory(ahead, size);
    }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.Span[..Length];

    public bool IsFull => Length == _bytes.Length;

    /// <summary>Takes as many of the bytes as fit.</summary>
    /// <returns>Those that do not.</returns>
    public ReadOnlyMemory<byte> Fill(ReadOnlyMemory<byte> bytes)
    {
        var size = Math.Min(bytes.Length, _bytes.Length - Length);
        bytes.Span[..size].CopyTo(_bytes.Span[Length..]);
        Length += size;
        return bytes[size..];
    }

    public void Clear() => Length = 0;
}

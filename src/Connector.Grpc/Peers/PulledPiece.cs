using System.Buffers;
using Connector.ControlPlane.Exchanges;
using Google.Protobuf;
using Grpc.Core;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Peers;

/// <summary>
/// A piece of a pull, in a rented buffer. The generated class makes a new array for each, and zeroing and collecting these costs more
/// than moving the bytes.
/// </summary>
public sealed class PulledPiece : IDisposable
{
    private byte[] _rented;

    /// <exception cref="InvalidDataException">It is no <c>dataspace.peer.v1.Piece</c>.</exception>
    public PulledPiece(ReadOnlySequence<byte> message)
    {
        var length = (int)message.Length;
        _rented = ArrayPool<byte>.Shared.Rent(length);
        message.CopyTo(_rented);
        Piece = Parse(_rented.AsMemory(0, length));
    }

    /// <summary>The method <c>ExchangeService.Pull</c>, its answers read as this class.</summary>
    public static Method<V1.PullRequest, PulledPiece> Pull { get; } = new(
        MethodType.ServerStreaming,
        V1.ExchangeService.Descriptor.FullName,
        nameof(V1.ExchangeService.ExchangeServiceClient.Pull),
        Marshallers.Create(static request => request.ToByteArray(), V1.PullRequest.Parser.ParseFrom),
        Marshallers.Create<PulledPiece>(static (_, _) => throw new NotSupportedException("pieces are only read"), static context => new PulledPiece(context.PayloadAsReadOnlySequence())));

    /// <summary>Its bytes are valid until this is disposed of.</summary>
    public Piece Piece { get; private set; }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_rented);
        (_rented, Piece) = ([], default);
    }

    private static Piece Parse(ReadOnlyMemory<byte> left)
    {
        var (file, chunk, endsChunk, data) = (0, 0, false, ReadOnlyMemory<byte>.Empty);
        while (!left.IsEmpty)
        {
            var tag = Varint(ref left);
            var field = tag >> 3;
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint:
                    var value = Varint(ref left);
                    file = field == V1.Piece.FileFieldNumber ? (int)value : file;
                    chunk = field == V1.Piece.ChunkFieldNumber ? (int)value : chunk;
                    endsChunk = field == V1.Piece.EndsChunkFieldNumber ? value != 0 : endsChunk;
                    break;
                case WireFormat.WireType.LengthDelimited:
                    var bytes = Take(ref left, Varint(ref left));
                    data = field == V1.Piece.DataFieldNumber ? bytes : data;
                    break;
                case WireFormat.WireType.Fixed64:
                    Take(ref left, sizeof(ulong));
                    break;
                case WireFormat.WireType.Fixed32:
                    Take(ref left, sizeof(uint));
                    break;
                default:
                    throw new InvalidDataException("a piece holds a group, which it cannot");
            }
        }

        return new Piece(file, chunk, data, endsChunk);
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> left, ulong length)
    {
        if (length > (ulong)left.Length)
        {
            throw new InvalidDataException("a piece ends before its last field does");
        }

        var taken = left[..(int)length];
        left = left[(int)length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> left)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref left, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number in a piece is longer than any number");
    }
}

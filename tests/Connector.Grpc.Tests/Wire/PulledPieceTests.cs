using System.Buffers;
using Connector.Grpc.Peers;
using CsCheck;
using Google.Protobuf;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Wire;

public sealed class PulledPieceTests
{
    private static readonly byte[] s_unknownFields = [0x2d, 1, 2, 3, 4, 0x31, 1, 2, 3, 4, 5, 6, 7, 8, 0x3a, 1, 9, 0x40, 0x80, 1];

    private static readonly Gen<V1.Piece> s_piece = Gen.Select(Gen.Int, Gen.Int, Gen.Byte.Array[0, 300], Gen.Bool).Select((file, chunk, bytes, ends) =>
        new V1.Piece { File = file, Chunk = chunk, Data = ByteString.CopyFrom(bytes), EndsChunk = ends });

    [Fact]
    public void Any_piece_is_read_as_it_was_written() => s_piece.Sample(piece => Same(piece, piece.ToByteArray()));

    [Fact]
    public void Fields_of_a_later_version_are_passed_over() => s_piece.Sample(piece => Same(piece, [.. s_unknownFields, .. piece.ToByteArray(), .. s_unknownFields]));

    [Fact]
    public void A_piece_cut_short_anywhere_is_read_or_refused_as_by_the_generated_code() => s_piece.Sample(piece =>
    {
        var whole = piece.ToByteArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            if (Generated(cut) is { } expected)
            {
                Same(expected, cut);
            }
            else
            {
                Assert.Throws<InvalidDataException>(() => Read(cut));
            }
        }
    });

    [Theory]
    [InlineData(new byte[] { 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })] // A number of 11 bytes.
    [InlineData(new byte[] { 0x1a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })] // 2^64 - 1 bytes.
    [InlineData(new byte[] { 0x0b, 0x0c })] // A group.
    public void What_is_no_piece_is_refused(byte[] message) => Assert.Throws<InvalidDataException>(() => Read(message));

    private static PulledPiece Read(byte[] message) => new(new ReadOnlySequence<byte>(message));

    private static V1.Piece? Generated(byte[] message)
    {
        try
        {
            return V1.Piece.Parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static void Same(V1.Piece expected, byte[] message)
    {
        using var read = Read(message);
        Assert.Equal((expected.File, expected.Chunk, expected.EndsChunk), (read.Piece.File, read.Piece.Chunk, read.Piece.EndsChunk));
        Assert.Equal(expected.Data.ToByteArray(), read.Piece.Bytes.ToArray());
    }
}

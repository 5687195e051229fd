using System.Collections.Immutable;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using Connector.Grpc.Peers;
using CsCheck;
using Google.Protobuf;
using Grpc.Core;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Wire;

public sealed class RoundTripTests
{
    private static readonly Gen<string> s_id = Gen.String[Gen.Char[' ', '\u2fff'].Where(c => !char.IsControl(c)), 1, 256].Where(s => !s.Any(char.IsSurrogate));
    private static readonly Gen<string?> s_maybe = Gen.OneOf(s_id.Select(s => (string?)s), Gen.Const((string?)null));
    private static readonly Gen<ImmutableArray<string>> s_texts = s_id.Array[0, 32].Select(a => a.ToImmutableArray());
    private static readonly Gen<Terms> s_terms = Gen.Select(s_id, s_id, s_id).Select((offer, dataset, value) => new Terms(offer, dataset, $"{{\"a\":{System.Text.Json.JsonSerializer.Serialize(value)}}}"));
    private static readonly Gen<DataAddress?> s_address = Gen.OneOf(
        Gen.Select(s_id, s_maybe, Gen.Select(s_id, s_id).Array[0, 8]).Select((type, endpoint, properties) =>
            (DataAddress?)new DataAddress(type, endpoint, properties.DistinctBy(p => p.Item1).ToImmutableDictionary(p => p.Item1, p => p.Item2))),
        Gen.Const((DataAddress?)null));

    [Fact]
    public void A_request_comes_back_as_it_was() => Gen.Select(s_id, s_id, s_maybe, s_terms, s_texts).Sample((id, consumer, provider, terms, purposes) =>
    {
        var sent = new ContractRequestMessage(id, consumer, provider, terms, null, purposes);
        var back = NegotiationWire.Read(Over(NegotiationWire.Write(sent), V1.ContractRequestMessage.Parser));
        Assert.Equal(purposes, back.Purposes);
        Assert.Equal(sent, back with { Purposes = sent.Purposes });
    });

    [Fact]
    public void An_offer_comes_back_as_it_was() => Gen.Select(s_id, s_id, s_maybe, s_terms).Sample((id, provider, consumer, terms) =>
    {
        var sent = new ContractOfferMessage(id, provider, consumer, terms, null);
        Assert.Equal(sent, NegotiationWire.Read(Over(NegotiationWire.Write(sent), V1.ContractOfferMessage.Parser)));
    });

    [Fact]
    public void A_termination_comes_back_as_it_was() => Gen.Select(s_id, s_id, s_id, s_maybe, s_texts).Sample((id, provider, consumer, code, reasons) =>
    {
        var sent = new ContractNegotiationTerminationMessage(id, provider, consumer, code, reasons);
        var back = NegotiationWire.Read(Over(NegotiationWire.Write(sent), V1.ContractNegotiationTerminationMessage.Parser));
        Assert.Equal(reasons, back.Reasons);
        Assert.Equal(sent, back with { Reasons = sent.Reasons });
    });

    [Fact]
    public void A_transfer_request_comes_back_as_it_was() => Gen.Select(s_id, s_id, s_id, s_id, s_address).Sample((id, consumer, agreement, format, address) =>
    {
        var sent = new TransferRequestMessage(id, consumer, agreement, format, null, address);
        var back = TransferWire.Read(Over(TransferWire.Write(sent), V1.TransferRequestMessage.Parser));
        Assert.Equal(address?.Properties, back.DataAddress?.Properties);
        Assert.Equal((address?.EndpointType, address?.Endpoint), (back.DataAddress?.EndpointType, back.DataAddress?.Endpoint));
        Assert.Equal(sent with { DataAddress = null }, back with { DataAddress = null });
    });

    [Fact]
    public async Task A_manifest_in_parts_comes_back_as_it_was() => await Gen.Select(s_id, Gen.Int[0, 100_000].Array[0, 5]).SampleAsync(async (type, chunks) =>
    {
        var random = new Random(chunks.Sum());
        var sent = new Manifest(type, [.. chunks.Select((count, i) => new ManifestFile($"f{i}", count, Bytes(random, 32), 1024, Bytes(random, count * 32), Bytes(random, 32)))]);

        var parts = ManifestWire.Write(sent).Select(p => Over(p, V1.ManifestPart.Parser)).ToList();
        var back = await ManifestWire.ReadAsync(parts.ToAsyncEnumerable(), default);

        Assert.All(parts, p => Assert.InRange(p.CalculateSize(), 0, (1024 * 1024) + 1024));
        Assert.Equal(sent.ContentType, back.ContentType);
        Assert.Equal(sent.Files.Select(Shown), back.Files.Select(Shown));
    }, iter: 20);

    [Fact]
    public void Bytes_from_anywhere_are_read_or_refused_but_never_worse() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            NegotiationWire.Read(V1.ContractRequestMessage.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException)
        {
        }
        catch (RpcException e)
        {
            Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        }
    });

    private static T Over<T>(T message, MessageParser<T> parser)
        where T : IMessage<T> => parser.ParseFrom(message.ToByteArray());

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Shown(ManifestFile f) =>
        $"{f.Path} {f.Size} {f.ChunkSize} {Convert.ToHexString(f.Sha256.Span)} {Convert.ToHexString(f.TreeRoot.Span)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(f.ChunkHashes.Span))} {f.ChunkCount}";
}

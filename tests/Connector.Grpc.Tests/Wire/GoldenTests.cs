using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Wire;

/// <summary>The bytes on the wire, kept: what an older connector sent must be read the same for ever. CONNECTOR_UPDATE_GOLDEN=1 writes them anew.</summary>
public sealed class GoldenTests
{
    private static readonly JsonFormatter s_json = new(JsonFormatter.Settings.Default.WithIndentation());

    private static string Folder { get; } = Find();

    public static TheoryData<string> Names => [.. Messages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_written_as_the_golden_bytes(string name)
    {
        var message = Messages.All[name];
        Write(name + ".hex", Convert.ToHexStringLower(message.ToByteArray()) + "\n");
        Write(name + ".json", s_json.Format(message) + "\n");

        Assert.Equal(Read(name + ".hex"), Convert.ToHexStringLower(message.ToByteArray()) + "\n");
        Assert.Equal(Read(name + ".json"), s_json.Format(message) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_golden_bytes_and_the_golden_json_say_the_same(string name)
    {
        var type = Messages.All[name].Descriptor;

        var fromBytes = type.Parser.ParseFrom(Convert.FromHexString(Read(name + ".hex").Trim()));
        var fromJson = JsonParser.Default.Parse(Read(name + ".json"), type);

        Assert.Equal(fromJson, fromBytes);
    }

    [Fact]
    public void Every_message_that_peers_send_has_a_golden_one()
    {
        IEnumerable<MessageDescriptor> sent = new[] { V1.CatalogReflection.Descriptor, V1.NegotiationReflection.Descriptor, V1.TransferReflection.Descriptor, V1.ExchangeReflection.Descriptor }
            .SelectMany(file => file.Services).SelectMany(service => service.Methods).SelectMany(method => new[] { method.InputType, method.OutputType }).Distinct();
        string[] trivial = ["GetCatalogRequest", "GetDatasetRequest", "WatchCatalogRequest", "GetNegotiationRequest", "GetTransferRequest", "ContractNegotiation", "TransferProcess", "AgreementEndAcknowledgement", "DescribeRequest"];

        Assert.Equal([], sent.Select(m => m.Name).Except(trivial).Except(Messages.All.Values.Select(m => m.Descriptor.Name)));
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name), Encoding.UTF8);

    private static void Write(string name, string text)
    {
        if (Environment.GetEnvironmentVariable("CONNECTOR_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, name), text);
        }
    }

    private static string Find([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../fixtures/grpc-wire"));
}

using System.Text;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Wire;
using Connector.Trust;

namespace Connector.Dsp.Tests.Wire;

/// <summary>Data addresses in the shapes that deployed connectors send them in.</summary>
public sealed class DataAddressWireTests
{
    private const string Edc = "https://w3id.org/edc/v0.0.1/ns/";
    private const string Flat2025 = """["https://w3id.org/dspace/2025/1/context.jsonld", { "edc": "https://w3id.org/edc/v0.0.1/ns/" }]""";
    private const string Vocabulary2024 = """{ "@vocab": "https://w3id.org/edc/v0.0.1/ns/", "edc": "https://w3id.org/edc/v0.0.1/ns/", "dspace": "https://w3id.org/dspace/2024/1/" }""";

    private static readonly MessageReader<TransferStartDocument, TransferStartMessage> s_reader = new("TransferStartMessage", DspJson.Strict.TransferStartDocument, d => TransferWire.Read(d, new Ids(TimeProvider.System)));

    public static TheoryData<string, string> Shapes => new()
    {
        // 2025-1: with the prefix explained, with a bare prefix beside the standard's own context, with whole names.
        { "2025-1", Start(Flat2025, "", "edc:") },
        { "2025-1", Start("\"https://w3id.org/dspace/2025/1/context.jsonld\"", "", "edc:") },
        { "2025-1", Start("""["https://w3id.org/dspace/2025/1/context.jsonld"]""", "", "edc:") },
        { "2025-1", Start("""["https://w3id.org/dspace/2025/1/context.jsonld"]""", "", Edc) },
        { "2025-1", Start("""["https://w3id.org/dspace/2025/1/context.jsonld", "https://w3id.org/edc/dspace/v0.0.1"]""", "", "edc:") },

        // 2024-1: with the prefix, with EDC's namespace as the vocabulary, with whole names.
        { "2024-1", Start(Vocabulary2024, "dspace:", "edc:") },
        { "2024-1", Start(Vocabulary2024, "dspace:", "") },
        { "2024-1", Start("""{ "dspace": "https://w3id.org/dspace/2024/1/" }""", "dspace:", Edc) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Properties_on_the_address_itself_are_read_as_EDC_means_them(string version, string message)
    {
        var address = Read(version, message);

        Assert.Equal((Formats.HttpEndpointType, "https://plane.example/public"), (address.EndpointType, address.Endpoint));
        Assert.Equal(("Authorization", "t0ken"), HttpAddress.Credential(address, HttpAddress.TakesScheme(address, whenUnsaid: true)));
        Assert.Equal("a", address.Properties[Edc + "id"]);
    }

    [Theory]
    [InlineData("edc:authCode", "Bearer t0ken", "", "t0ken")]
    [InlineData("edc:authCode", "t0ken", "bearer", "Bearer t0ken")]
    [InlineData("edc:authCode", "Bearer t0ken", "bearer", "Bearer t0ken")]
    [InlineData("edc:authorization", "t0ken", "", "Bearer t0ken")]
    [InlineData("edc:authorization", "Bearer t0ken", "", "Bearer t0ken")]
    [InlineData("edc:authorization", "Bearer t0ken", "bearer", "Bearer t0ken")]
    [InlineData("edc:authorization", "t0ken", "bearer", "Bearer t0ken")]
    public void A_token_goes_with_the_scheme_that_its_data_plane_takes(string name, string token, string authType, string sent)
    {
        var type = authType.Length == 0 ? "" : $", \"edc:authType\": \"{authType}\"";
        var address = Read("2025-1", Message(Flat2025, "", $$"""{ "@type": "edc:DataAddress", "edc:type": "EDR", "edc:endpoint": "https://plane.example/public", "edc:authKey": "X-Token", "{{name}}": "{{token}}"{{type}} }"""));

        Assert.Equal(("X-Token", sent), HttpAddress.Credential(address, HttpAddress.TakesScheme(address, whenUnsaid: true)));
    }

    [Fact]
    public void The_standard_s_own_members_come_first()
    {
        var address = Read("2025-1", Message(Flat2025, "", """
            { "@type": "DataAddress", "endpointType": "https://w3id.org/idsa/v4.1/HTTP", "endpoint": "https://plane.example/public",
              "endpointProperties": [ { "@type": "EndpointProperty", "name": "https://w3id.org/edc/v0.0.1/ns/authCode", "value": "named" } ],
              "edc:type": "AmazonS3", "edc:endpoint": "https://elsewhere.example", "edc:authCode": "flat" }
            """));

        Assert.Equal(("https://w3id.org/idsa/v4.1/HTTP", "https://plane.example/public"), (address.EndpointType, address.Endpoint));
        Assert.Equal("named", address.Properties[Edc + "authCode"]);
    }

    [Fact]
    public void A_sink_of_a_push_is_where_its_base_address_is()
    {
        var address = Read("2025-1", Message(Flat2025, "", """{ "@type": "edc:DataAddress", "edc:type": "HttpData", "edc:baseUrl": "https://sink.example/in", "edc:method": "PUT", "edc:authKey": "X-Api-Key", "edc:authCode": "s3cret" }"""));

        Assert.Equal("https://sink.example/in", address.Endpoint);
        Assert.Equal("PUT", address.Properties[HttpAddress.EdcMethod]);
        Assert.Equal(("X-Api-Key", "s3cret"), HttpAddress.Credential(address, HttpAddress.TakesScheme(address, whenUnsaid: false)));
    }

    [Theory]
    [InlineData("""{ "@type": "edc:DataAddress", "edc:endpoint": "https://plane.example" }""", "dataAddress.endpointType")]
    [InlineData("""{ "@type": "edc:DataAddress", "edc:type": "EDR", "edc:authCode": "a\u0000b" }""", "dataAddress.edc:authCode")]
    public void What_is_wrong_with_them_is_named(string address, string field) =>
        Assert.Equal(field, Assert.Throws<MalformedException>(() => Read("2025-1", Message("""["https://w3id.org/dspace/2025/1/context.jsonld"]""", "", address))).Refusal.Field);

    [Fact]
    public void More_of_them_than_are_taken_are_refused()
    {
        var many = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"\"edc:p{i}\": \"x\""));

        Assert.Equal("dataAddress", Assert.Throws<MalformedException>(() => Read("2025-1", Message(Flat2025, "", $$"""{ "edc:type": "EDR", {{many}} }"""))).Refusal.Field);
    }

    private static string Start(string context, string dspace, string edc) => Message(context, dspace, $$"""
        { "@type": "{{(edc.Length == 0 ? "DataAddress" : edc + "DataAddress")}}", "{{edc}}type": "EDR", "{{edc}}id": "a", "{{edc}}endpoint": "https://plane.example/public",
          "{{edc}}authKey": "Authorization", "{{edc}}authCode": "t0ken" }
        """);

    private static string Message(string context, string dspace, string address) => $$"""
        { "@context": {{context}}, "@id": "urn:uuid:m", "@type": "{{dspace}}TransferStartMessage",
          "{{dspace}}providerPid": "urn:uuid:p", "{{dspace}}consumerPid": "urn:uuid:c", "{{dspace}}dataAddress": {{address}} }
        """;

    private static DataAddress Read(string version, string message) => s_reader.Read(Encoding.UTF8.GetBytes(message), DspVersion.Named(version)!).DataAddress!;
}

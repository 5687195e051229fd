using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Connector.Dsp.Tests.JsonLd;
using Connector.Dsp.Wire;
using Connector.Testing.Dsp;
using Connector.Trust;
using CsCheck;

namespace Connector.Dsp.Tests.Wire;

/// <summary>Messages as a hostile peer writes them: the standard's own, each with something strange at one place.</summary>
public sealed class StrangeMessageTests
{
    private static readonly Ids s_ids = new(TimeProvider.System);

    private static readonly Dictionary<string, Action<ReadOnlyMemory<byte>, DspVersion>> s_readers = new(StringComparer.Ordinal)
    {
        ["ContractRequestMessage"] = Reader("ContractRequestMessage", DspJson.Strict.ContractRequestDocument, d => NegotiationWire.Write(NegotiationWire.Read(d, s_ids))),
        ["ContractOfferMessage"] = Reader("ContractOfferMessage", DspJson.Strict.ContractOfferDocument, d => NegotiationWire.Write(NegotiationWire.Read(d, s_ids))),
        ["ContractAgreementMessage"] = Reader("ContractAgreementMessage", DspJson.Strict.ContractAgreementDocument, d => NegotiationWire.Read(d, s_ids)),
        ["ContractAgreementVerificationMessage"] = Reader("ContractAgreementVerificationMessage", DspJson.Strict.PidsDocument, d => NegotiationWire.Write(NegotiationWire.Read(d, s_ids))),
        ["ContractNegotiationEventMessage"] = Reader("ContractNegotiationEventMessage", DspJson.Strict.ContractEventDocument, d => NegotiationWire.Write(NegotiationWire.Read(d, s_ids))),
        ["ContractNegotiationTerminationMessage"] = Reader("ContractNegotiationTerminationMessage", DspJson.Strict.EndDocument, d => NegotiationWire.Write(NegotiationWire.Read(d, s_ids))),
        ["TransferRequestMessage"] = Reader("TransferRequestMessage", DspJson.Strict.TransferRequestDocument, d => TransferWire.Write(TransferWire.Read(d, s_ids))),
        ["TransferStartMessage"] = Reader("TransferStartMessage", DspJson.Strict.TransferStartDocument, d => TransferWire.Write(TransferWire.Read(d, s_ids))),
        ["TransferCompletionMessage"] = Reader("TransferCompletionMessage", DspJson.Strict.PidsDocument, d => TransferWire.Write(TransferWire.ReadCompletion(d, s_ids))),
        ["TransferSuspensionMessage"] = Reader("TransferSuspensionMessage", DspJson.Strict.EndDocument, d => TransferWire.Write(TransferWire.ReadSuspension(d, s_ids))),
        ["TransferTerminationMessage"] = Reader("TransferTerminationMessage", DspJson.Strict.EndDocument, d => TransferWire.Write(TransferWire.ReadTermination(d, s_ids))),
        ["CatalogRequestMessage"] = Reader("CatalogRequestMessage", DspJson.Strict.CatalogRequestDocument, d => FilterWire.Read(d.Filter)),
        ["Catalog"] = Reader("Catalog", DspJson.Strict.CatalogDocument, d => CatalogWire.Read(d, null)),
        ["Dataset"] = Reader("Dataset", DspJson.Strict.DatasetDocument, CatalogWire.Read),
    };

    private static readonly (string Type, string Text, DspVersion Version)[] s_messages =
    [
        .. Examples.Newer.Select(Fixtures.Text).Select(text => (TypeOf(text), text, DspVersion.V2025)),
        .. Examples.Older.Select(Fixtures.Text).Select(text => (TypeOf(text), text, DspVersion.V2024)),
    ];

    // Raw, as no writer of JSON would write some of them.
    private static readonly string[] s_values =
    [
        "null", "[null]", "[]", "{}", "[{}]", "[[null]]", "true", "0", "-1", "1e400", "9223372036854775808", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "[\"\\udc00\"]", "{\"@value\":\"\\ud83d\"}",
        "{\"\\ud83d\":1}", "{\"@id\":\"\\ud83d\",\"@language\":null}", "[{\"action\":\"use\",\"target\":\"\\ud83d\"}]", "[{\"action\":\"\\ud83d\"}]", "[{\"action\":{\"\\ud83d\":null}}]", "{\"@type\":\"QuerySpec\",\"offset\":-1}",
        "{\"filterExpression\":[null,{\"\\ud83d\":1,\"operator\":\"=\"}]}", "{\"limit\":1e9}", "[{\"name\":\"\\ud83d\",\"value\":null}]", "[{\"name\":null,\"value\":\"\"},null]", "\"https://a.example \"", "\"https://a\\u200d.example\"", "\"\u0663\"",
    ];

    private static readonly string[] s_names =
    [
        "", "@id", "@value", "\ud83d\ude00", "reason", "code", "filter", "dataAddress", "endpointProperties", "distribution", "hasPolicy", "dataset", "catalog", "service", "permission", "offer", "odrl:purpose", "dct:title", "dct:conformsTo",
        "dcat:mediaType", "dcat:byteSize", "callbackAddress", "edc:authKey", "urn:connector:signature", "urn:connector:receipt", "timestamp",
    ];

    [Fact]
    public void Whatever_stands_in_a_message_it_is_read_or_refused()
    {
        var (read, refused) = (0, 0);
        Gen.Select(Gen.Int[0, s_messages.Length - 1], Gen.Int[0, 10_000], Gen.Int[-1, s_names.Length - 1], Gen.Int[0, s_values.Length - 1]).Sample((message, place, name, value) =>
        {
            var (type, text, version) = s_messages[message];
            if (!s_readers.TryGetValue(type, out var reader))
            {
                return;
            }

            try
            {
                reader(Encoding.UTF8.GetBytes(Damaged(text, place, name < 0 ? null : s_names[name], s_values[value])), version);
                Interlocked.Increment(ref read);
            }
            catch (MalformedException e)
            {
                Assert.NotEmpty(e.Refusal.Message);
                Interlocked.Increment(ref refused);
            }
        }, iter: 4_000);
        Assert.True(read > 500 && refused > 500, $"{read} were read and {refused} refused");
    }

    // A member is added to one of the objects, or the value of one is another.
    private static string Damaged(string text, int place, string? name, string value)
    {
        var document = JsonNode.Parse(text)!;
        var objects = Objects(document).ToArray();
        var at = objects[place % objects.Length];
        at[name ?? at.Select(m => m.Key).ElementAt(place % at.Count)] = "?MARK?";
        return document.ToJsonString().Replace("\"?MARK?\"", value, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } item => item.Select(member => member.Value).SelectMany(Objects).Prepend(item),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    private static string TypeOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("@type", out var type) ? type.GetString()!.Split(':')[^1] : "";
    }

    private static Action<ReadOnlyMemory<byte>, DspVersion> Reader<TDocument, TMessage>(string name, JsonTypeInfo<TDocument> type, Func<TDocument, TMessage> convert)
        where TDocument : DspDocument
    {
        var reader = new MessageReader<TDocument, TMessage>(name, type, convert);
        return (body, version) => Assert.NotNull((object?)reader.Read(body, version));
    }
}

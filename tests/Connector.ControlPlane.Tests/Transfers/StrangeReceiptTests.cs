using Connector.ControlPlane.Transfers;
using Connector.Testing.Desks;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Transfers;

/// <summary>Receipts as a hostile consumer writes them.</summary>
public sealed class StrangeReceiptTests
{
    private static readonly Gen<string> s_receipt = Gen.Select(Pick("agreementId", "providerPid", "consumerPid", "\\ud83d", "\\ud83d\\ud83d\\ud83d", "agreement\\ud83d", "agreement\\u0049d", "a", ""), Pick("\"a\"", "\"\\ud83d\"", "\"a\\udc00\"", "\"\\u0061\"", "null", "1e400", "[]", "{}", "[[[[[[[[[]]]]]]]]]"))
        .Array[0, 4].Select(members => $"{{{string.Join(',', members.Select(m => $"\"{m.Item1}\":{m.Item2}"))}}}");

    [Fact]
    public async Task Whatever_a_receipt_says_it_is_taken_or_refused()
    {
        var desk = new Desk(new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var transfer = await desk.RunAsync(await desk.SignAsync("a", Role.Provider, static p => p));
        await Gen.OneOf(s_receipt, Pick("", "[]", "null", "{", "\"\\ud83d\"", "1", "\0")).SampleAsync(async receipt =>
        {
            var message = new TransferCompletionMessage("m", transfer.ProviderPid, transfer.ConsumerPid, new SignedReceipt(receipt, "signature"));

            Assert.Equal("receipt-invalid", (await desk.Transfers.ReceiveAsync(desk.Caller(), Binding.Grpc, message, default)).Refusal!.Code);
        }, iter: 1_000);
    }

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);
}

using Connector.Conformance.Harness;

namespace Connector.Conformance.Tests;

/// <summary>Both sides of a run read the same properties file.</summary>
public sealed class SuitePropertiesTests
{
    [Fact]
    public void Ports_ids_and_the_token_are_taken_from_the_file()
    {
        var read = Read("""
            # a comment
            dataspacetck.dsp.connector.agent.id=did:web:sut.example
            dataspacetck.dsp.connector.http.url=http\://127.0.0.1\:28282/dsp/2025-1
            dataspacetck.dsp.connector.negotiation.initiate.url = http://localhost:28687/negotiations/requests
            dataspacetck.dsp.connector.http.headers.authorization=Bearer of-good-news
            CN_01_03_DATASETID=urn:dataset:three
            CN_01_03_OFFERID=urn:offer:three
            CN_C_01_01_DATASETID=ACNC0101
            TP_C_02_05_AGREEMENTID=urn:agreement:25
            CAT_01_01_DATASETID=urn:dataset:cat
            """);

        Assert.Equal((28282, 28687, "did:web:sut.example", "Bearer of-good-news"), (read.DspPort, read.WebhookPort, read.Participant, read.Token));
        Assert.Equal("ACN0103 urn:dataset:three, ATPC0205 urn:agreement:25, CAT0101 urn:dataset:cat", string.Join(", ", read.Keys.OrderBy(k => k.Value, StringComparer.Ordinal).Select(k => $"{k.Value} {k.Key}")));
        Assert.Equal("urn:offer:three", read.Offers["urn:dataset:three"]);
    }

    [Fact]
    public void What_the_file_does_not_say_stays()
    {
        var usual = new HarnessOptions { DspPort = 1, WebhookPort = 2, Participant = "urn:a:b", Token = "t" };

        Assert.Equal((1, 2, "urn:a:b", "t"), Read("dataspacetck.debug=true", usual) is var read ? (read.DspPort, read.WebhookPort, read.Participant, read.Token) : default);
    }

    [Fact]
    public void A_connector_elsewhere_cannot_be_run_here() =>
        Assert.Contains("127.0.0.1", Assert.Throws<FormatException>(() => Read("dataspacetck.dsp.connector.http.url=http://sut.example:8282/dsp")).Message, StringComparison.Ordinal);

    private static HarnessOptions Read(string text, HarnessOptions? options = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return SuiteProperties.Read(file, options ?? new HarnessOptions());
        }
        finally
        {
            File.Delete(file);
        }
    }
}

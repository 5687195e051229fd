using Connector.Cli.Local.Demo;

namespace Connector.Cli.Tests.Local.Demo;

public sealed class DemoResultTests
{
    private static readonly DemoResult s_good = new()
    {
        Binding = "grpc",
        NegotiationId = "n",
        AgreementId = "a",
        DatasetSha256 = "1",
        ReceivedSha256 = "1",
        Bytes = 1,
        OutsiderSaw = 0,
        PullAfterRevocation = "refused",
        RefusalReason = "ended",
        EvidenceVerified = true,
        CatalogMs = 1.26,
        NegotiationMs = 2,
        TransferMs = 3,
        ProviderPeakMiB = 90,
        ConsumerPeakMiB = null,
    };

    [Fact]
    public void A_demo_that_went_as_told_has_no_fault() => Assert.Null(s_good.Fault());

    [Fact]
    public void Each_thing_that_went_otherwise_is_a_fault()
    {
        Assert.NotNull((s_good with { OutsiderSaw = 1 }).Fault());
        Assert.NotNull((s_good with { ReceivedSha256 = "2" }).Fault());
        Assert.NotNull((s_good with { EvidenceVerified = false }).Fault());
        Assert.NotNull((s_good with { PullAfterRevocation = "delivered" }).Fault());
    }

    [Fact]
    public void The_json_has_the_members_that_programs_rely_on() =>
        Assert.Equal(
            """{"binding":"grpc","negotiationId":"n","agreementId":"a","datasetSha256":"1","receivedSha256":"1","bytes":1,"outsiderSaw":0,"pullAfterRevocation":"refused","refusalReason":"ended","evidenceVerified":true,"durationsMs":{"catalog":1.3,"negotiation":2,"transfer":3},"peakMemoryMiB":{"provider":90,"consumer":null}}""",
            s_good.ToJson().ToJsonString());
}

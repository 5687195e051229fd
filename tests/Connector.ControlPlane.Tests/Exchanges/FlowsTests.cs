using Connector.ControlPlane.Exchanges;

namespace Connector.ControlPlane.Tests.Exchanges;

public sealed class FlowsTests
{
    private static readonly Refusal s_ended = new(RefusalKind.Ended, "transfer-terminated", "the transfer has ended");

    [Fact]
    public async Task A_stream_is_cut_however_many_others_of_its_transfer_come_and_go()
    {
        var flows = new Flows();
        using var stop = new CancellationTokenSource();
        var others = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                flows.Open("t").Dispose();
            }
        })).ToList();

        var missed = 0;
        for (var i = 0; i < 100_000; i++)
        {
            using var gate = flows.Open("t");
            flows.Cut("t", s_ended);
            missed += gate.Reason is null ? 1 : 0;
        }

        await stop.CancelAsync();
        await Task.WhenAll(others);
        Assert.Equal(0, missed);
    }

    [Fact]
    public void Only_the_streams_of_the_transfer_are_cut_and_for_the_first_reason()
    {
        var flows = new Flows();
        using var first = flows.Open("t");
        using var second = flows.Open("t");
        using var other = flows.Open("u");
        var closed = flows.Open("t");
        closed.Dispose();

        flows.Cut("t", s_ended);
        flows.Cut("t", s_ended with { Code = "later" });

        Assert.Equal((s_ended, s_ended, null, null), (first.Reason, second.Reason, other.Reason, closed.Reason));
        Assert.True(first.Cancelled.IsCancellationRequested && second.Cancelled.IsCancellationRequested && !other.Cancelled.IsCancellationRequested);
    }
}

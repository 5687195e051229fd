using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

public sealed class BusyPeerTests(Suite suite) : IClassFixture<Suite>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(503, "ACN0101")]
    [InlineData(429, "ACN0102")]
    public async Task A_busy_peer_gets_the_same_message_again_and_not_before_it_asked_for_it(int status, string key)
    {
        suite.Refusals.Enqueue((status, "1"));

        await new Row(suite, key, "negotiations", weAreProvider: false).PlayAsync(">request");
        var (first, again) = (await ArrivalAsync(), await ArrivalAsync());

        Assert.True(JsonNode.DeepEquals(first.Body, again.Body));
        Assert.Equal(first.Path, again.Path);

        // A timer may be early by its own grain; the back-off alone would have been some 50 ms.
        Assert.True(TimeProvider.System.GetElapsedTime(first.At, again.At) > TimeSpan.FromMilliseconds(900));
    }

    private async Task<Received> ArrivalAsync()
    {
        using var deadline = new CancellationTokenSource(s_patience);
        return await suite.Arrivals.ReadAsync(deadline.Token);
    }
}

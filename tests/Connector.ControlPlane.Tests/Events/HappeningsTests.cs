using Connector.ControlPlane.Events;

namespace Connector.ControlPlane.Tests.Events;

public sealed class HappeningsTests
{
    private const int MoreThanABacklog = 5000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_narrow_watch_loses_nothing_to_what_is_not_its_concern()
    {
        var happenings = new Happenings();
        using var watch = happenings.Open(h => h.Subject == "mine");

        happenings.Publish(Of("mine", "REQUESTED"));
        Flood(happenings);
        happenings.Publish(Of("mine", "FINALIZED"));

        Assert.Equal(["REQUESTED", "FINALIZED"], await TakeAsync(watch, 2));
        Assert.False(watch.Lost());
    }

    [Fact]
    public async Task A_watch_that_falls_behind_keeps_the_newest_and_says_once_that_it_lost_some()
    {
        var happenings = new Happenings();
        using var watch = happenings.Open();

        happenings.Publish(Of("mine", "first"));
        Flood(happenings);
        happenings.Publish(Of("mine", "last"));

        Assert.True(watch.Lost());
        Assert.False(watch.Lost());
        var seen = await TakeAsync(watch, 4096);
        Assert.DoesNotContain("first", seen);
        Assert.Equal("last", seen[^1]);
    }

    [Fact]
    public void Nobody_watches_once_the_last_watch_is_closed()
    {
        var happenings = new Happenings();
        var (one, two) = (happenings.Open(), happenings.Open(h => h.Kind == "agreement"));

        one.Dispose();
        Assert.True(happenings.Watched);
        two.Dispose();

        Assert.False(happenings.Watched);
    }

    private static void Flood(Happenings happenings)
    {
        for (var i = 0; i < MoreThanABacklog; i++)
        {
            happenings.Publish(Of("others", "AGREED"));
        }
    }

    private static Happening Of(string subject, string state) => new("negotiation", subject, "peer", Role.Provider, state, null, DateTimeOffset.UnixEpoch);

    private static async Task<List<string>> TakeAsync(Happenings.Watch watch, int count)
    {
        var states = new List<string>();
        await foreach (var happening in watch.ReadAllAsync(Cancel))
        {
            states.Add(happening.State);
            if (states.Count == count)
            {
                break;
            }
        }

        return states;
    }
}

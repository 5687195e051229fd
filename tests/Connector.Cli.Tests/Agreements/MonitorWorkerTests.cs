using Connector.ControlPlane;
using Connector.Daemon.Agreements;
using Connector.Testing.Desks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Cli.Tests.Agreements;

public sealed class MonitorWorkerTests
{
    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_wakes_when_an_agreement_is_due_and_for_one_that_is_made_later_and_due_sooner()
    {
        var cancel = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider(s_start);
        var desk = new Desk(time);
        using var watch = desk.Happenings.Open(h => h.State == "ENDED");
        await desk.SignAsync("late", Role.Provider, p => p.Before(s_start.AddDays(2)));
        using var worker = new MonitorWorker(desk.Monitor, desk.Happenings, time, NullLogger<MonitorWorker>.Instance);
        await worker.StartAsync(cancel);

        // Made while the worker runs, by the way every agreement is made: a commit that is told of.
        var early = await desk.SignAsync("early", Role.Consumer, p => p.Before(s_start.AddDays(1)));
        await desk.Agreements.ScheduleAsync(early.Id, s_start.AddDays(1).AddTicks(-1), cancel);

        var ended = new List<string>();
        using var tired = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        tired.CancelAfter(TimeSpan.FromMinutes(2));
        var hearing = Task.Run(async () =>
        {
            await foreach (var happening in watch.ReadAllAsync(tired.Token))
            {
                ended.Add(happening.Subject);
                if (ended.Count == 2)
                {
                    return;
                }
            }
        }, cancel);

        // Time goes on by the hour, as the worker's longest sleep does, until both have ended.
        while (!hearing.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(30));
            await Task.Yield();
        }

        await hearing;
        await worker.StopAsync(cancel);
        Assert.Equal(["early", "late"], ended);
    }
}

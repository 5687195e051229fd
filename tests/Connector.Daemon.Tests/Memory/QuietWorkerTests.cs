using Connector.Daemon.Memory;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Daemon.Tests.Memory;

public sealed class QuietWorkerTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(30, 30, 0, true)] // quiet since the start
    [InlineData(30, 30, 30, false)] // given back already
    [InlineData(30, 31, 0, false)] // busy
    [InlineData(31, 31, 30, false)] // quiet, and too little to be worth it
    [InlineData(32, 32, 30, true)]
    public void Memory_is_given_back_once_after_each_busy_time(long before, long now, long released, bool expected) =>
        Assert.Equal(expected, QuietWorker.IsTime(before * Mebibyte, now * Mebibyte, released * Mebibyte));

    [Fact]
    public async Task What_the_start_left_is_given_back_once_it_is_quiet()
    {
        var time = new FakeTimeProvider();
        var (looked, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var worker = new QuietWorker(time, Look, released.SetResult);
        await worker.StartAsync(default);
        await looked.Task;
        while (!released.Task.IsCompleted)
        {
            time.Advance(QuietWorker.Period);
            await Task.Yield();
        }

        await worker.StopAsync(default);

        long Look()
        {
            looked.TrySetResult();
            return QuietWorker.Worthwhile;
        }
    }
}

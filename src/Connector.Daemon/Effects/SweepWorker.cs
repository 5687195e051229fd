using System.Threading.Channels;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Effects;

/// <summary>Sweeps up after transfers: at the start what a crash left, then what each end leaves.</summary>
public sealed class SweepWorker(SweepService sweep, Happenings happenings, TimeProvider time, ILogger<SweepWorker> log) : BackgroundService
{
    /// <summary>Whoever still writes into what is to be removed hears of the end within this time.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Channel<string> _again = Channel.CreateUnbounded<string>();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), RetryAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken cancel)
    {
        using var watch = happenings.Open(h => h is { Kind: "transfer", State: "COMPLETED" or "TERMINATED" });
        await AllAsync(cancel);
        await foreach (var ended in watch.ReadAllAsync(cancel))
        {
            await OneAsync(ended.Subject, cancel);
            if (watch.Lost())
            {
                await AllAsync(cancel);
            }
        }
    }

    private async Task RetryAsync(CancellationToken cancel)
    {
        while (await _again.Reader.WaitToReadAsync(cancel))
        {
            await Task.Delay(s_pause, time, cancel);
            for (var left = _again.Reader.Count; left > 0 && _again.Reader.TryRead(out var id); left--)
            {
                await OneAsync(id, cancel);
            }
        }
    }

    private async Task AllAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var id in sweep.Held())
            {
                await OneAsync(id, cancel);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.SweepFailed(log, e);
        }
    }

    private async Task OneAsync(string id, CancellationToken cancel)
    {
        try
        {
            if (!await sweep.OneAsync(id, cancel))
            {
                _again.Writer.TryWrite(id);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Of what is beside the target none bears its name; the next start tries again.
            Log.SweepFailed(log, e);
        }
    }
}

using System.Collections.Concurrent;
using Connector.ControlPlane;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Stores;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Connector.Daemon.Effects;

/// <summary>
/// Performs committed effects at once: effects of one subject one after the other, subjects side by side. What fails for now is tried
/// again with back-off and jitter; what fails for too long is given up, and comes back to the rules as a refusal.
/// </summary>
public sealed class EffectRunner : IEffectQueue, IAsyncDisposable
{
    private static readonly Refusal s_fault = new(RefusalKind.Internal, "internal", "an internal fault", null, "see the log");

    private readonly Lazy<EffectPerformer> _performer;
    private readonly EffectRunnerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EffectRunner> _log;
    private readonly ResiliencePipeline<Refusal?> _retry;
    private readonly EffectSlots _slots;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<Effect>> _subjects = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _running;

    /// <param name="performer">Lazy, because the services that perform effects also make new ones.</param>
    public EffectRunner(Lazy<EffectPerformer> performer, EffectRunnerOptions options, TimeProvider time, ILogger<EffectRunner> log)
    {
        (_performer, _options, _time, _log) = (performer, options, time, log);
        _slots = new EffectSlots(options);
        _retry = new ResiliencePipelineBuilder<Refusal?> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Refusal?>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is not null),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,

                // Null leaves the pause to the back-off.
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter is { } asked ? Lesser(asked, options.LongestAskedDelay) : (TimeSpan?)null),
            })
            .Build();
    }

    /// <summary>Effects known and not done: waiting, running or backing off.</summary>
    public int Pending => _known.Count;

    public void Enqueue(Effect effect)
    {
        if (_stop.IsCancellationRequested || !_known.TryAdd(effect.Id, 0))
        {
            return;
        }

        lock (_lock)
        {
            if (_subjects.TryGetValue(effect.Subject, out var waiting))
            {
                waiting.Enqueue(effect);
                return;
            }

            _subjects.Add(effect.Subject, new Queue<Effect>([effect]));
        }

        Interlocked.Increment(ref _running);
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Runner.DrainAsync(state.Subject), (Runner: this, effect.Subject), preferLocal: false);
    }

    /// <summary>Stops taking and performing; what is left stays in the store for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        using var patience = new CancellationTokenSource(_options.Patience, _time);
        while (Volatile.Read(ref _running) > 0 && !patience.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, CancellationToken.None);
        }

        await _slots.DisposeAsync();
    }

    private static TimeSpan Lesser(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task DrainAsync(string subject)
    {
        try
        {
            while (Next(subject) is { } effect)
            {
                await PerformAsync(effect);
                _known.TryRemove(effect.Id, out _);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Log.EffectsLeft(_log, subject);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private Effect? Next(string subject)
    {
        lock (_lock)
        {
            var waiting = _subjects[subject];
            if (waiting.TryDequeue(out var effect))
            {
                return effect;
            }

            _subjects.Remove(subject);
            return null;
        }
    }

    private async ValueTask PerformAsync(Effect effect)
    {
        var context = ResilienceContextPool.Shared.Get(_stop.Token);
        try
        {
            var attempts = 0;
            await _retry.ExecuteAsync(async c => await AttemptAsync(effect, attempts++, c.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Refusal?> AttemptAsync(Effect effect, int attempt, CancellationToken cancel)
    {
        using var slot = await _slots.EnterAsync(effect, cancel);
        try
        {
            var refusal = await _performer.Value.PerformAsync(effect, cancel);
            return refusal is null ? null : await DelayedAsync(effect, attempt, refusal, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (StoreException e)
        {
            // Nothing can be written down now, not even that this failed; the pause is all there is to do.
            Log.EffectNotStored(_log, effect.Body.GetType().Name, effect.Subject, e.Message);
            return e.ForOperator;
        }
        catch (Exception e)
        {
            // A fault of our own must not lose the effect, nor stop those behind it for good.
            Log.EffectFaulted(_log, e, effect.Body.GetType().Name, effect.Subject);
            return await FaultedAsync(effect, attempt, cancel);
        }
    }

    private async ValueTask<Refusal?> FaultedAsync(Effect effect, int attempt, CancellationToken cancel)
    {
        try
        {
            return await DelayedAsync(effect, attempt, s_fault, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.EffectFaulted(_log, e, effect.Body.GetType().Name, effect.Subject);
            return s_fault;
        }
    }

    private async ValueTask<Refusal?> DelayedAsync(Effect effect, int attempt, Refusal refusal, CancellationToken cancel)
    {
        if (_time.GetUtcNow() - effect.CreatedAt > _options.GiveUpAfter)
        {
            Log.EffectGivenUp(_log, effect.Body.GetType().Name, effect.Subject, effect.Peer, refusal.ToString());
            await _performer.Value.GiveUpAsync(effect, refusal, cancel);
            return null;
        }

        if (attempt == 0)
        {
            Log.EffectDelayed(_log, effect.Body.GetType().Name, effect.Subject, effect.Peer, refusal.ToString());
        }

        await _performer.Value.DelayedAsync(effect, refusal, cancel);
        return refusal;
    }
}

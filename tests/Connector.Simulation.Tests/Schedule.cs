namespace Connector.Simulation.Tests;

/// <summary>Virtual time and the one thread of a simulation: what is due is run in order of time, then of being scheduled.</summary>
internal sealed class Schedule : TimeProvider
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _due = new();
    private DateTimeOffset _now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private long _order;

    /// <summary>Steps run so far.</summary>
    public long Steps { get; private set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, (_now + delay, _order++));

    /// <summary>Runs one step; false when nothing is left.</summary>
    public bool Step()
    {
        if (!_due.TryDequeue(out var action, out var at))
        {
            return false;
        }

        _now = at.At > _now ? at.At : _now;
        Steps++;
        action();
        return true;
    }
}

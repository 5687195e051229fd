namespace Connector.ControlPlane.Exchanges;

/// <summary>The streams that are running in this process, by transfer, so that an end takes effect within a chunk.</summary>
public sealed class Flows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<FlowGate>> _running = new(StringComparer.Ordinal);

    /// <summary>Registers a stream; dispose the gate when it ends.</summary>
    public FlowGate Open(string transferId)
    {
        var gate = new FlowGate(transferId, this);
        lock (_lock)
        {
            if (_running.TryGetValue(transferId, out var gates))
            {
                gates.Add(gate);
            }
            else
            {
                _running.Add(transferId, [gate]);
            }
        }

        return gate;
    }

    /// <summary>Whether a stream of a transfer is running.</summary>
    public bool IsOpen(string transferId)
    {
        lock (_lock)
        {
            return _running.ContainsKey(transferId);
        }
    }

    /// <summary>Ends every running stream of a transfer for this reason.</summary>
    public void Cut(string transferId, Refusal reason)
    {
        FlowGate[] gates;
        lock (_lock)
        {
            gates = _running.TryGetValue(transferId, out var running) ? [.. running] : [];
        }

        foreach (var gate in gates)
        {
            gate.Cut(reason);
        }
    }

    internal void Close(FlowGate gate)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(gate.TransferId, out var gates) && gates.Remove(gate) && gates.Count == 0)
            {
                _running.Remove(gate.TransferId);
            }
        }
    }
}

/// <summary>One running stream's gate: open until cut.</summary>
public sealed class FlowGate : IDisposable
{
    private readonly Flows _flows;
    private readonly CancellationTokenSource _cancel = new();
    private Refusal? _reason;

    internal FlowGate(string transferId, Flows flows) => (TransferId, _flows) = (transferId, flows);

    public string TransferId { get; }

    /// <summary>Why the stream must end, or null while it may go on. A field read: cheap enough for every chunk.</summary>
    public Refusal? Reason => Volatile.Read(ref _reason);

    /// <summary>Fires when the gate is cut.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    internal void Cut(Refusal reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            // The gate may be closing at this very moment; a stream that has ended needs no cutting.
            try
            {
                _cancel.Cancel();
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }

    public void Dispose()
    {
        _flows.Close(this);
        _cancel.Dispose();
    }
}

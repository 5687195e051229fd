using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Agreements;

/// <summary>Re-evaluates agreements in force, each when time can first change its verdict: no scan, a queue ordered by that instant.</summary>
public sealed class AgreementMonitor(IAgreementStore agreements, AgreementGate gate, AgreementService service, TimeProvider time)
{
    private readonly PriorityQueue<string, DateTimeOffset> _due = new();
    private readonly Lock _lock = new();

    /// <summary>Takes up every agreement in force: at start-up, and when documents changed what is known of peers.</summary>
    public async ValueTask LoadAsync(CancellationToken cancel)
    {
        await foreach (var agreement in agreements.InForceAsync(cancel))
        {
            await CheckAsync(agreement, cancel);
        }
    }

    /// <summary>Takes up a new agreement.</summary>
    public void Watch(Agreement agreement)
    {
        gate.Check(agreement, gate.Known(agreement), out var changesAt);
        Schedule(agreement.Id, changesAt);
    }

    /// <summary>Checks all that are due, and says when the next one is; null when none is waiting.</summary>
    public async ValueTask<DateTimeOffset?> RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            string id;
            lock (_lock)
            {
                if (!_due.TryPeek(out _, out var at))
                {
                    return null;
                }

                if (at > time.GetUtcNow())
                {
                    return at;
                }

                id = _due.Dequeue();
            }

            if (await agreements.FindAsync(id, cancel) is { End: null } agreement)
            {
                await CheckAsync(agreement, cancel);
            }
        }
    }

    private async ValueTask CheckAsync(Agreement agreement, CancellationToken cancel)
    {
        var denied = gate.Check(agreement, gate.Known(agreement), out var changesAt);
        Schedule(agreement.Id, changesAt);
        if (denied is null)
        {
            return;
        }

        // Denied with nothing left that time could bring, and for the very facts it was signed on: its term is over.
        var signedFor = gate.Known(agreement) with { Claims = agreement.Claims };
        var expired = changesAt is null && gate.Check(agreement, signedFor, out var again) is not null && again is null;
        if (expired)
        {
            await service.EndAsync(agreement.Id, "expired", $"its terms permit nothing any more: {denied.Message}", cancel);
        }
        else
        {
            await service.StopTransfersAsync(agreement, denied, cancel);
        }
    }

    private void Schedule(string id, DateTimeOffset? at)
    {
        if (at is { } instant)
        {
            lock (_lock)
            {
                _due.Enqueue(id, instant);
            }
        }
    }
}

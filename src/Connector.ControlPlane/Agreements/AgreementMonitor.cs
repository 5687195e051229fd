using System.Collections.Concurrent;
using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>
/// Re-evaluates agreements in force, each when time can change what its terms permit, on either side. That instant is stored with the
/// agreement, so that nothing is held in memory, nothing is scanned, and a restart loses nothing.
/// </summary>
public sealed class AgreementMonitor(IAgreementStore agreements, AgreementGate gate, AgreementService service, TimeProvider time)
{
    // Looked at together, so that many that end at one instant share the waits of the store.
    private const int AtOnce = 256;

    /// <summary>Acts on all that are due, and says when the next one is; null when none is waiting.</summary>
    /// <exception cref="AggregateException">Some could not be looked at; all others that are due were.</exception>
    public async ValueTask<DateTimeOffset?> RunAsync(CancellationToken cancel)
    {
        var faults = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        await foreach (var due in agreements.DueAsync(time.GetUtcNow(), cancel).Chunk(AtOnce).WithCancellation(cancel))
        {
            await Task.WhenAll(due.Select(agreement => TryCheckAsync(agreement, faults, cancel)));
        }

        return faults.IsEmpty
            ? await agreements.NextDueAsync(cancel)
            : throw new AggregateException($"agreements that could not be looked at: {string.Join(", ", faults.Keys.Order(StringComparer.Ordinal))}", faults.Values);
    }

    /// <summary>What is known of a participant has changed: asks its agreements anew, and no others.</summary>
    public async ValueTask ReviewAsync(string participantId, CancellationToken cancel)
    {
        await foreach (var agreement in agreements.InForceAsync(participantId, cancel))
        {
            await CheckAsync(agreement, cancel);
        }
    }

    // One that cannot be looked at must not keep those behind it in force.
    private async Task TryCheckAsync(Agreement agreement, ConcurrentDictionary<string, Exception> faults, CancellationToken cancel)
    {
        try
        {
            await CheckAsync(agreement, cancel);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreException))
        {
            faults[agreement.Id] = e;
        }
    }

    private async ValueTask CheckAsync(Agreement agreement, CancellationToken cancel)
    {
        if (gate.Over(agreement) is { } over)
        {
            await service.EndAsync(agreement.Id, "expired", $"its terms permit nothing any more: {over.Message}", cancel);
            return;
        }

        await service.StopTransfersAsync(agreement, transfer => gate.Judge(agreement, EnforcementPoint.During, transfer.Format), cancel);
        await service.ScheduleAsync(agreement.Id, gate.ChangesAt(agreement), cancel);
    }
}

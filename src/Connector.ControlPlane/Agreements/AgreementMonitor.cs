using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>
/// Re-evaluates agreements in force, each when time can change what its terms permit, on either side. That instant is stored with the
/// agreement, so that nothing is held in memory, nothing is scanned, and a restart loses nothing.
/// </summary>
public sealed class AgreementMonitor(IAgreementStore agreements, AgreementGate gate, AgreementService service, TimeProvider time)
{
    private const int Page = 64;

    /// <summary>Acts on all that are due, and says when the next one is; null when none is waiting.</summary>
    public async ValueTask<DateTimeOffset?> RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            var page = await agreements.DueAsync(Page, cancel);
            foreach (var agreement in page)
            {
                if (agreement.ChangesAt > time.GetUtcNow())
                {
                    return agreement.ChangesAt;
                }

                await CheckAsync(agreement, cancel);
            }

            if (page.IsEmpty)
            {
                return null;
            }
        }
    }

    /// <summary>What is known of a participant has changed: asks its agreements anew, and no others.</summary>
    public async ValueTask ReviewAsync(string participantId, CancellationToken cancel)
    {
        await foreach (var agreement in agreements.InForceAsync(participantId, cancel))
        {
            await CheckAsync(agreement, cancel);
        }
    }

    private async ValueTask CheckAsync(Agreement agreement, CancellationToken cancel)
    {
        if (gate.Over(agreement) is { } over)
        {
            await service.EndAsync(agreement.Id, "expired", $"its terms permit nothing any more: {over.Message}", cancel);
            return;
        }

        await service.StopTransfersAsync(agreement, transfer => gate.Check(agreement, gate.Known(agreement), EnforcementPoint.During, transfer.Format, out _), cancel);
        await service.ScheduleAsync(agreement.Id, gate.ChangesAt(agreement), cancel);
    }
}

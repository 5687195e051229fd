using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Removes what is left of transfers that have ended: after a suspension that nobody resumed, a push that failed, a crash.</summary>
public sealed class SweepService(ITransferStore transfers, IEnumerable<IUnfinished> unfinished)
{
    /// <summary>Every transfer of which something is held and that has ended, or is not known at all.</summary>
    /// <returns>Those that must be looked at again, as somebody still writes.</returns>
    public async ValueTask<IReadOnlyList<string>> AllAsync(CancellationToken cancel)
    {
        var again = new List<string>();
        foreach (var id in unfinished.SelectMany(u => u.Transfers()).Distinct().ToList())
        {
            if (!await OneAsync(id, cancel))
            {
                again.Add(id);
            }
        }

        return again;
    }

    /// <summary>One transfer, if it has ended.</summary>
    /// <returns>False when it must be looked at again.</returns>
    public async ValueTask<bool> OneAsync(string id, CancellationToken cancel)
    {
        if (await transfers.FindAsync(id, cancel) is { IsTerminal: false })
        {
            return true;
        }

        var done = true;
        foreach (var held in unfinished)
        {
            done &= held.Discard(id);
        }

        return done;
    }
}

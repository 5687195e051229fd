using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Removes what is left of transfers that have ended: after a suspension that nobody resumed, a push that failed, a crash. Data that is signed for stays, and only that.</summary>
public sealed class SweepService(ITransferStore transfers, IEnumerable<IUnfinished> unfinished)
{
    /// <summary>Every transfer of which something is held, ended or not.</summary>
    public IReadOnlyList<string> Held() => [.. unfinished.SelectMany(u => u.Transfers()).Distinct()];

    /// <summary>As <see cref="OneAsync"/>, by whoever wrote until now: an end that was swept up after while it did may have left what it wrote since.</summary>
    public async ValueTask AfterAsync(string id, CancellationToken cancel)
    {
        try
        {
            await OneAsync(id, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another who sweeps at the same moment, or a disk that fails: the transfer's end must not wait for it, and the next start tries again.
        }
    }

    /// <summary>Sweeps up after one transfer, if it has ended or is not known at all.</summary>
    /// <returns>False when it must be looked at again, as somebody still writes.</returns>
    public async ValueTask<bool> OneAsync(string id, CancellationToken cancel)
    {
        var transfer = await transfers.FindAsync(id, cancel);
        if (transfer is { IsTerminal: false })
        {
            return true;
        }

        var done = true;
        foreach (var held in unfinished)
        {
            if (transfer?.Receipt is null)
            {
                done &= held.Discard(id);
            }
            else
            {
                held.Keep(id);
            }
        }

        return done;
    }
}

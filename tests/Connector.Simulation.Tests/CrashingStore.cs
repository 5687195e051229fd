using Connector.ControlPlane.Stores;

namespace Connector.Simulation.Tests;

/// <summary>Commits to the node's store, and sometimes dies just before or just after; then the caller never hears of it. Sometimes another change has come first.</summary>
internal sealed class CrashingStore(World world, Life life, IStore store) : IStore
{
    public ValueTask<bool> CommitAsync(Change change, CancellationToken cancel)
    {
        if (!life.Alive || Crashes(world.Faults.CrashBeforeCommit))
        {
            return Never();
        }

        if (change is not { Negotiations: [], Agreements: [], Transfers: [] } && world.Chance(world.Faults.Overtaken))
        {
            return ValueTask.FromResult(false);
        }

        if (world.Faults.Planted is { } spoil && world.Chance(20))
        {
            change = spoil(change);
        }

        var committed = store.CommitAsync(change, cancel);
        return Crashes(world.Faults.CrashAfterCommit) ? Never() : committed;
    }

    private bool Crashes(int chance)
    {
        if (!world.Chance(chance))
        {
            return false;
        }

        life.Node.Crash();
        return true;
    }

    private static ValueTask<bool> Never() => new(new TaskCompletionSource<bool>().Task);
}

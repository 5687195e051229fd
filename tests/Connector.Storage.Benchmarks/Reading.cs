using Connector.ControlPlane.Stores;

namespace Connector.Storage.Benchmarks;

/// <summary>Reads of records that are there, one after the other.</summary>
internal static class Reading
{
    public static async Task<Run> MeasureAsync(INegotiationStore store, TimeSpan time)
    {
        var ids = (await store.ListAsync(new Page(Limit: 1000), CancellationToken.None)).Select(n => n.Id).ToArray();
        foreach (var id in ids)
        {
            await store.FindAsync(id, CancellationToken.None);
        }

        var run = Run.Start(time);
        for (var i = 0; run.Elapsed is var start && start < time; i++)
        {
            await store.FindAsync(ids[i % ids.Length], CancellationToken.None);
            run.Add(start);
        }

        return run;
    }
}

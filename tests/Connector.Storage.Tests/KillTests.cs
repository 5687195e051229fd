using System.Globalization;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Stores;
using Connector.Storage.Committer;
using Connector.Testing;

namespace Connector.Storage.Tests;

public sealed class KillTests
{
    private const int Kills = 8;
    private const int Committers = 16;

    [Fact]
    public async Task What_was_acknowledged_outlives_a_kill_at_any_moment()
    {
        using var folder = new TemporaryFolder();
        var database = folder["connector.db"];
        var random = new Random(11);
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < Kills; round++)
        {
            await CommitAndKillAsync(database, round, random.Next(1, 1500), acknowledged);
            await CheckAsync(database, acknowledged);
        }

        Assert.True(acknowledged.Count > Kills * Committers);
    }

    private static async Task CommitAndKillAsync(string database, int round, int lines, Dictionary<string, int> acknowledged)
    {
        using var process = await CommitterProcess.StartAsync(database, round * 1_000_000L, Committers);
        while (await process.LineAsync() is { } line)
        {
            // The kill may cut the last line off; a half line acknowledges nothing.
            if (line.Split(' ') is [var id, var version] && version is "1" or "2")
            {
                acknowledged[id] = int.Parse(version, CultureInfo.InvariantCulture);
            }
            else
            {
                Assert.DoesNotMatch("^(conflict|failed)", line);
            }

            if (--lines == 0)
            {
                process.Kill();
            }
        }
    }

    private static async Task CheckAsync(string database, Dictionary<string, int> acknowledged)
    {
        var cancel = TestContext.Current.CancellationToken;
        var signatures = new NamedSignatures(Committing.Participant);
        await using var store = SqliteStore.Open(database, signatures);
        INegotiationStore negotiations = store.Reads;
        foreach (var (id, version) in acknowledged)
        {
            Assert.InRange((await negotiations.FindAsync(id, cancel))?.Version ?? 0, version, 2);
        }

        // Each step left its state, its effect and its evidence, or nothing at all.
        var steps = new List<string>();
        var stored = await negotiations.ListAsync(new Page(Limit: 1000), cancel);
        while (!stored.IsEmpty)
        {
            steps.AddRange(stored.SelectMany(n => Enumerable.Range(1, (int)n.Version).Select(v => $"{n.Id}/{v}")));
            stored = await negotiations.ListAsync(new Page(Limit: 1000, Before: stored[^1].Id), cancel);
        }

        var effects = (await store.Reads.PendingAsync(0, int.MaxValue, cancel)).Select(e => e.Effect.Id);
        Assert.Equal(steps.Order(StringComparer.Ordinal), effects.Order(StringComparer.Ordinal));
        var report = await new EvidenceService(store.Reads, store.Reads, signatures).VerifyAsync(cancel);
        Assert.Equal((steps.Count, true), (report.Entries, report.Intact));
    }
}

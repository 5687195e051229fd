using System.Collections.Concurrent;
using Connector.ControlPlane;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Connector.Daemon.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Tests.Effects;

public sealed class SweepWorkerTests
{
    [Fact]
    public async Task What_is_held_or_cannot_be_removed_keeps_nothing_else_from_being_swept()
    {
        var left = new LeftOver("broken", "stuck", "crashed");
        await using var house = new House(new ScriptedPeers((_, message, _) => ValueTask.FromResult(ScriptedPeers.Taken(message))), services => services.AddSingleton<IUnfinished>(left));
        using var worker = new SweepWorker(house.Get<SweepService>(), house.Get<Happenings>(), house.Time, house.Get<ILogger<SweepWorker>>());
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await house.PassUntilAsync(() => Task.FromResult(left.Has("stuck", "broken")), TimeSpan.Zero);

        left.Add("ended");
        house.Get<Happenings>().Publish(new Happening("transfer", "ended", "did:web:quick.example", Role.Consumer, "TERMINATED", null, house.Time.GetUtcNow()));
        await house.PassUntilAsync(() => Task.FromResult(left.Has("stuck", "broken")), TimeSpan.Zero);

        left.Released = true;
        await house.PassUntilAsync(() => Task.FromResult(left.Has("broken")), TimeSpan.FromSeconds(1));
        Assert.Contains("broken disk", Assert.Single(house.Logged.At(LogLevel.Warning)), StringComparison.Ordinal);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Leftovers of transfers that nobody knows; one is held until it is released, one cannot be removed.</summary>
    private sealed class LeftOver(params string[] ids) : IUnfinished
    {
        private readonly ConcurrentDictionary<string, bool> _ids = new(ids.Select(id => KeyValuePair.Create(id, true)));

        public bool Released { get; set; }

        public void Add(string id) => _ids[id] = true;

        public bool Has(params string[] ids) => _ids.Count == ids.Length && ids.All(_ids.ContainsKey);

        public IEnumerable<string> Transfers() => _ids.Keys;

        public bool Discard(string transferId) => transferId switch
        {
            "broken" => throw new IOException("broken disk"),
            "stuck" when !Released => false,
            _ => _ids.TryRemove(transferId, out _),
        };
    }
}

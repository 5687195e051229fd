using System.Diagnostics;
using System.Globalization;
using Connector.ControlPlane;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Policies;
using Connector.Testing.Stores;

namespace Connector.Storage.Benchmarks;

/// <summary>
/// Agreements in force on the database of a provider, each for a year from its signature, with signatures spread evenly over the year before: what it costs to
/// note when each is to be looked at, to let an hour pass, and to end those whose time is over; and beside it what a scan of all of them would cost.
/// </summary>
internal sealed class TimedAgreements : TimeProvider, IIds, IEffectQueue
{
    private const int Hours = 24;
    private const int AtOnce = 10_000;
    private const int Batch = 500;

    private static readonly TimeSpan s_year = TimeSpan.FromDays(365);
    private static readonly DateTimeOffset s_start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string s_terms = OdrlJson.ToJson(new Policies.Policy
    {
        Permissions = [new Permission("use", [new AtomicConstraint(Operands.ElapsedTime, ConstraintOperator.Lteq, ["P365D"]), new AtomicConstraint(Operands.Purpose, ConstraintOperator.IsAnyOf, ["pcf-calculation"])], [])],
    });

    private readonly SqliteStore _store;
    private readonly AgreementMonitor _monitor;
    private readonly AgreementService _service;
    private readonly AgreementGate _gate;
    private readonly PolicyBook _policies;
    private DateTimeOffset _now = s_start;
    private long _ids;

    private TimedAgreements(BenchmarkStore store)
    {
        var library = new Library();
        _store = store.Store;
        _policies = new PolicyBook(library, this);
        var commits = new CommitService(_store, this, new Happenings(), this);
        var steps = new TransferSteps(library, store.Signatures, new Participant("did:web:cells.example", "cells", null, null), this, this);
        _gate = new AgreementGate(_store.Reads, _policies, library, new PeerDirectory(library), this);
        _service = new AgreementService(_store.Reads, _store.Reads, commits, steps, new Flows(), this, this);
        _monitor = new AgreementMonitor(_store.Reads, _gate, _service, this);
    }

    public static async Task RunAsync(int count, string under)
    {
        await using var store = new BenchmarkStore(under);
        await new TimedAgreements(store).MeasureAsync(count, store);
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"urn:uuid:{Interlocked.Increment(ref _ids):x16}");

    public string NewSecret() => NewId();

    public void Enqueue(Effect effect)
    {
    }

    private async Task MeasureAsync(int count, BenchmarkStore store)
    {
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var made = await TimeAsync(() => MakeAsync(count, i => s_start - s_year + (s_year * ((i + 0.5) / count))));
        Say($"{count} made and scheduled, {Batch} in a change", made, count);
        Say("one scheduled anew", await TimeAsync(() => RescheduleAsync(1000)), 1000);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory held for each {(GC.GetTotalMemory(forceFullCollection: true) - held) / (double)count:F2} B, on the disk {store.FileBytes / (double)count:F0} B"));

        await _monitor.RunAsync(CancellationToken.None);
        Say("to see that none is due", await TimeAsync(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await _monitor.RunAsync(CancellationToken.None);
            }
        }), 1000);

        var before = await InForceAsync();
        Say("an hour passes, those due end", await TimeAsync(async () =>
        {
            for (var hour = 0; hour < Hours; hour++)
            {
                _now += TimeSpan.FromHours(1);
                await _monitor.RunAsync(CancellationToken.None);
            }
        }), Hours);
        var ended = (before - await InForceAsync()) / (double)Hours;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ended in an hour {ended:F1}"));

        await MakeAsync(AtOnce, _ => _now - s_year);
        _now += TimeSpan.FromTicks(1);
        Say($"{AtOnce} end at one instant", await TimeAsync(async () => await _monitor.RunAsync(CancellationToken.None)), AtOnce);

        Say("beside it: a scan of all that are in force", await TimeAsync(async () => await ScanAsync()), 1);
    }

    private async Task MakeAsync(int count, Func<int, DateTimeOffset> signed)
    {
        // Some at a time, so that the next are made while the writer writes.
        await Parallel.ForEachAsync(Enumerable.Range(0, count).Chunk(Batch), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (numbers, cancel) =>
        {
            var change = new Change { Agreements = [.. numbers.Select(i => Signed(signed(i)))] };
            if (!await _store.CommitAsync(change, cancel))
            {
                throw new InvalidOperationException("nobody else writes these records, and yet there was a conflict");
            }
        });
    }

    private Agreement Signed(DateTimeOffset at)
    {
        var id = NewId();
        return Records.Agreement(id) with { NegotiationId = $"{id}-n", Json = Workload.Contract, Policy = s_terms, SignedAt = at, ChangesAt = _policies.ChangesAt(s_terms, at) };
    }

    private async Task RescheduleAsync(int count)
    {
        var some = await ((IAgreementStore)_store.Reads).ListAsync(new Page(Limit: count), CancellationToken.None);
        foreach (var agreement in some)
        {
            await _service.ScheduleAsync(agreement.Id, agreement.ChangesAt!.Value.AddTicks(1), CancellationToken.None);
        }
    }

    private async Task<int> InForceAsync()
    {
        var count = 0;
        await foreach (var agreement in ((IAgreementStore)_store.Reads).InForceAsync(null, CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    // What every tick would cost if nothing were indexed by time.
    private async Task<int> ScanAsync()
    {
        var over = 0;
        await foreach (var agreement in ((IAgreementStore)_store.Reads).InForceAsync(null, CancellationToken.None))
        {
            over += _gate.Over(agreement) is null ? 0 : 1;
        }

        return over;
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return watch.Elapsed;
    }

    private static void Say(string what, TimeSpan time, int times) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-46}{time.TotalSeconds,9:F2} s {time.TotalMicroseconds / times,14:F1} us each"));
}

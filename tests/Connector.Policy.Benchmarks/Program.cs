using System.Diagnostics;
using System.Globalization;
using Connector.ControlPlane.Catalogs;
using Connector.Policies;
using Connector.Policy.Benchmarks;
using Catalog = Connector.Policy.Benchmarks.Catalog;

// Cost of deciding, on one thread, by processor time, the fastest of some rounds, so that what else the machine does counts little; and beside it that of other engines with
// the same policies and claims:
// dotnet run -c Release --project tests/Connector.Policy.Benchmarks [SECONDS]
// Those of Node take part after npm install in tests/Connector.Policy.Benchmarks/peers.
const int Rounds = 5;
var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2;
foreach (var constraints in new[] { 1, 10, 100 })
{
    var policy = CompiledPolicy.Compile(Cases.Policy(constraints, "active"));
    var permitted = Cases.Facts(constraints, "active");
    var refused = Cases.Facts(constraints, "none");
    Measure($"{constraints} constraints, permitted", () => policy.Permits(EnforcementPoint.Catalog, permitted), wanted: true);
    Measure($"{constraints} constraints, refused", () => policy.Permits(EnforcementPoint.Catalog, refused), wanted: false);
    Measure($"{constraints} constraints, with trace", () => policy.Evaluate(EnforcementPoint.Catalog, permitted).Permitted, wanted: true);
}

foreach (var constraints in new[] { 1, 10, 100 })
{
    Measure($"RulesEngine, {constraints} constraints, permitted", Engines.RulesEngine(constraints, "active"), wanted: true);
    Measure($"RulesEngine, {constraints} constraints, refused", Engines.RulesEngine(constraints, "none"), wanted: false);
    Measure($"NCalc, {constraints} constraints, permitted", Engines.NCalc(constraints, "active"), wanted: true);
    Measure($"NCalc, {constraints} constraints, refused", Engines.NCalc(constraints, "none"), wanted: false);
}

foreach (var script in new[] { "cedar.mjs", "opa.mjs" })
{
    Peers.Run(script, seconds);
}

var catalog = new Catalog(offers: 100_000, policies: 1_000);
Measure("100000 offers, 1000 policies: none visible", () => catalog.NothingVisible() == 0, wanted: true);
Measure("100000 offers, 1000 policies: first page", () => catalog.FirstPage() == CatalogService.PageSize, wanted: true);
Measure("100000 offers, 1000 policies: 20 pages", () => catalog.AllPages() == catalog.Expected, wanted: true);

void Measure(string name, Func<bool> ask, bool wanted)
{
    Run(seconds);
    var (runs, taken, allocated) = Enumerable.Range(0, Rounds).Select(_ => Run(seconds / Rounds)).MinBy(r => r.Taken / r.Runs);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-46}{runs / taken.TotalSeconds,14:F0} /s {taken.TotalMicroseconds / runs,12:F3} us {allocated / runs,10} B"));

    (long Runs, TimeSpan Taken, long Allocated) Run(double limit)
    {
        long runs = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var used = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < limit)
        {
            for (var i = 0; i < 64; i++, runs++)
            {
                if (ask() != wanted)
                {
                    throw new InvalidOperationException($"{name} is decided wrongly");
                }
            }
        }

        return (runs, Environment.CpuUsage.TotalTime - used, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

using System.Globalization;
using Connector.EndToEnd.Tests;

namespace Connector.Benchmarks;

/// <summary>What the system says of a daemon's memory (Linux): all that is mapped in, its share of that, and what is its own alone.</summary>
internal static class Memory
{
    public static string Of(Company company)
    {
        var lines = File.ReadLines($"/proc/{company.ProcessId}/smaps_rollup").ToList();
        return $"RSS {MiB("Rss:"):0.0} MiB, PSS {MiB("Pss:"):0.0} MiB, anonymous {MiB("Anonymous:"):0.0} MiB";

        double MiB(string name) =>
            long.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}

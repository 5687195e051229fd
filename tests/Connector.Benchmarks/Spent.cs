using System.Diagnostics;
using Connector.EndToEnd.Tests;

namespace Connector.Benchmarks;

/// <summary>
/// Processor time (user and system) that both daemons took since a moment. Other programs on the machine change what a clock says of an
/// operation far more than what it costs.
/// </summary>
internal sealed class Spent(TwoCompanies two)
{
    private readonly TimeSpan _supplier = Of(two.Supplier.ProcessId);
    private readonly TimeSpan _customer = Of(two.Customer.ProcessId);
    private readonly TimeSpan _driver = Environment.CpuUsage.TotalTime;
    private readonly long _since = Stopwatch.GetTimestamp();

    public double Seconds => Stopwatch.GetElapsedTime(_since).TotalSeconds;

    public double SupplierMs => (Of(two.Supplier.ProcessId) - _supplier).TotalMilliseconds;

    public double CustomerMs => (Of(two.Customer.ProcessId) - _customer).TotalMilliseconds;

    /// <summary>Of this program, which starts and awaits what the daemons do, on the same processors.</summary>
    public double DriverMs => (Environment.CpuUsage.TotalTime - _driver).TotalMilliseconds;

    public static TimeSpan Of(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime;
    }
}

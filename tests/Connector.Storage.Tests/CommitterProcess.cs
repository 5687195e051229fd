using System.Diagnostics;
using System.Globalization;
using Connector.Storage.Committer;

namespace Connector.Storage.Tests;

/// <summary>A process that commits to a database until it is killed.</summary>
internal sealed class CommitterProcess : IDisposable
{
    private readonly Process _process;

    private CommitterProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts it; it has opened the database when this returns.</summary>
    public static async Task<CommitterProcess> StartAsync(string database, long firstId, int committers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { typeof(Committing).Assembly.Location, database, firstId.ToString(CultureInfo.InvariantCulture), committers.ToString(CultureInfo.InvariantCulture) },
        };
        var process = new CommitterProcess(Process.Start(start)!);
        Assert.Equal("open", await process.LineAsync());
        return process;
    }

    /// <summary>The next line that it says; null when it is dead and has said no more.</summary>
    public ValueTask<string?> LineAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>SIGKILL: it gets no chance to write, flush or close anything.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

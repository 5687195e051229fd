using System.Diagnostics;
using Connector.ControlPlane.Stores;

namespace Connector.Storage.Tests;

public sealed class DiskTests
{
    [Fact]
    public async Task Without_room_each_commit_says_so_and_with_room_again_they_go_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits of a running process can only be set on Linux");
        using var folder = new TemporaryFolder();
        using var process = await CommitterProcess.StartAsync(folder["connector.db"], 0, committers: 8);
        await SayAsync(process, line => line.EndsWith(" 2", StringComparison.Ordinal));

        await LimitAsync(process.Id, "200000");
        var failure = await SayAsync(process, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.Contains("connector.db", failure, StringComparison.Ordinal);
        Assert.Contains("what was acknowledged is kept", failure, StringComparison.Ordinal);

        await LimitAsync(process.Id, "unlimited");
        var stored = await SayAsync(process, line => !line.StartsWith("failed", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        process.Kill();

        using var reads = SqliteReads.OpenExisting(folder["connector.db"]);
        Assert.NotNull(await ((INegotiationStore)reads).FindAsync(stored.Split(' ')[0], TestContext.Current.CancellationToken));
    }

    private static async Task<string> SayAsync(CommitterProcess process, Predicate<string> wanted)
    {
        while (true)
        {
            var line = await process.LineAsync();
            Assert.True(line is not null, "the process died");
            if (wanted(line!))
            {
                return line!;
            }
        }
    }

    private static async Task LimitAsync(int process, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{process}", $"--fsize={bytes}:unlimited"]);
        await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, prlimit.ExitCode);
    }
}

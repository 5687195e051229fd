using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connector.Testing.Processes;

namespace Connector.Conformance.Tests;

/// <summary>The harness as a program, as whoever runs the public suite meets it.</summary>
public sealed class HarnessTests
{
    [Fact]
    public async Task It_says_ready_and_ends_cleanly_with_its_connector_when_told_to()
    {
        var (dsp, webhook) = (FreePorts.Next(), FreePorts.Next());
        using var harness = Start("--dsp-port", Text(dsp), "--webhook-port", Text(webhook));
        Assert.Equal("ready", await harness.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using (var http = new HttpClient())
        {
            Assert.Contains("2025-1", await http.GetStringAsync(new Uri($"http://127.0.0.1:{dsp}/.well-known/dspace-version"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using (var kill = Process.Start("kill", ["-TERM", Text(harness.Id)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await harness.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, harness.ExitCode);
        foreach (var port in (int[])[dsp, webhook])
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = Text(((IPEndPoint)taken.LocalEndpoint).Port);

        using var harness = Start("--dsp-port", Text(FreePorts.Next()), "--webhook-port", port);
        var said = await harness.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await harness.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, harness.ExitCode);
        Assert.StartsWith($"error: port {port} ", said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_participant_that_is_no_id_is_told_before_anything_runs()
    {
        using var harness = Start("--dsp-port", Text(FreePorts.Next()), "--webhook-port", Text(FreePorts.Next()), "--participant", "CONNECTOR UNDER TEST");
        var said = await harness.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await harness.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, harness.ExitCode);
        Assert.Contains("CONNECTOR UNDER TEST", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[typeof(Harness.HarnessOptions).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

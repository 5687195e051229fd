using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Connector.ControlPlane.Stores;
using Connector.Daemon;
using Connector.Trust;

namespace Connector.Cli.Local;

/// <summary><c>connector run</c>: the daemon, in the foreground, until it is told to stop.</summary>
internal static class RunVerb
{
    // SIGXFSZ of Linux. A limit on the size of files is to fail the write that meets it, as a full disk does, not to end the process.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    public static Command Build()
    {
        var attached = new Option<bool>("--attached") { Description = "Stop when standard input ends, so that the daemon does not outlive whoever started it" };
        var run = new Verb(
            "run",
            "Run the connector in the foreground; prints 'ready' with its addresses once it accepts calls, logs to standard error",
            "connector run --config connector.yaml")
        {
            VerbOptions.Config,
            attached,
        };
        run.SetAction((parsed, cancel) => RunAsync(VerbOptions.ConfigPath(parsed), parsed.GetValue(attached), cancel));
        return run;
    }

    private static async Task<int> RunAsync(string configuration, bool attached, CancellationToken cancel)
    {
        var options = OwnManagement.Configured(configuration);
        using var tooLarge = OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true) : null;
        try
        {
            await using var daemon = await ConnectorDaemon.StartAsync(options, cancel);
            Console.Out.WriteLine(ReadyLine.Of(daemon.Peers, daemon.Management));
            await (attached ? Task.WhenAny(daemon.RunAsync(cancel), Console.In.ReadToEndAsync(cancel)) : daemon.RunAsync(cancel));
            return ExitCode.Done;
        }
        catch (Exception e) when (e is StoreException or TrustException)
        {
            throw new Failure(e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new Failure($"the connector cannot start: {e.Message}", "check listen.peers and listen.management: is another connector running on these ports?");
        }
    }
}

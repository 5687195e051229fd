using System.CommandLine;
using System.Net.Sockets;
using Connector.Daemon;
using Connector.Storage;
using Connector.Trust;

namespace Connector.Cli.Local;

/// <summary><c>connector run</c>: the daemon, in the foreground, until it is told to stop.</summary>
internal static class RunVerb
{
    public static Command Build()
    {
        var run = new Verb(
            "run",
            "Run the connector in the foreground; prints 'ready' with its addresses once it accepts calls, logs to standard error",
            "connector run --config connector.yaml")
        {
            VerbOptions.Config,
        };
        run.SetAction((parsed, cancel) => RunAsync(VerbOptions.ConfigPath(parsed), cancel));
        return run;
    }

    private static async Task<int> RunAsync(string configuration, CancellationToken cancel)
    {
        var options = OwnManagement.Configured(configuration);
        try
        {
            await using var daemon = await ConnectorDaemon.StartAsync(options, cancel);
            Console.Out.WriteLine(ReadyLine.Of(daemon.Peers, daemon.Management));
            await daemon.RunAsync(cancel);
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

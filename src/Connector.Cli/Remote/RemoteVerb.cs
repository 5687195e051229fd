using System.CommandLine;
using Connector.Cli.Output;
using Grpc.Core;

namespace Connector.Cli.Remote;

/// <summary>Gives a verb its connection to the connector, and turns the API's errors into failures.</summary>
/// <param name="find">From the path of a configuration file to where its connector answers.</param>
internal sealed class RemoteVerb(Func<string, ManagementAddress> find)
{
    /// <summary>A verb that talks to the connector, still without what it does.</summary>
    public static Verb Named(string name, string description, params string[] examples) =>
        new(name, description, examples);

    /// <summary>Sets what the verb does, and gives it <c>--config</c> and <c>--output</c>.</summary>
    public void Does(Verb verb, Func<Call, Task<int>> act)
    {
        verb.Add(VerbOptions.Config);
        verb.Add(VerbOptions.Output);
        verb.SetAction((parsed, cancel) => RunAsync(parsed, act, cancel));
    }

    /// <summary>Runs what a verb does over a connection to the connector that the command line means.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<Call, Task<int>> act, CancellationToken cancel)
    {
        var address = find(VerbOptions.ConfigPath(parsed));
        using var connection = new Connection(address);
        try
        {
            return await act(new Call(parsed, connection, new Screen(parsed), cancel));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (RpcException e)
        {
            throw RemoteFailure.Of(e, address);
        }
    }
}

/// <summary>One run of a verb.</summary>
/// <param name="Parsed">Its command line.</param>
internal sealed record Call(ParseResult Parsed, Connection Connection, Screen Screen, CancellationToken Cancel);

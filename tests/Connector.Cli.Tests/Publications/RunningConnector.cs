using System.Globalization;
using Connector.Cli.Local;
using Connector.Cli.Remote;
using Connector.Daemon;
using Connector.Testing.Processes;

namespace Connector.Cli.Tests.Publications;

/// <summary>A connector as <c>connector init</c> makes it, running in this process on SQLite, and the verbs run against it.</summary>
internal sealed class RunningConnector : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ConnectorDaemon? _daemon;

    /// <summary>A folder for what is applied.</summary>
    public string Sub(string name) => _folder.Sub(name);

    private string Configuration => _folder.Sub("own/connector.yaml");

    public static async Task<RunningConnector> StartAsync()
    {
        var connector = new RunningConnector();
        string[] ports = ["--port", Text(FreePorts.Next()), "--management-port", Text(FreePorts.Next())];
        var made = await ShellRun.Of(["init", connector._folder.Sub("own"), "--id", "did:web:own.example", "--name", "own", .. ports]);
        Assert.True(made.ExitCode == 0, made.Error);
        await connector.RestartAsync();
        return connector;
    }

    /// <summary>Ends the daemon and starts it again on what it has stored.</summary>
    public async Task RestartAsync()
    {
        await (_daemon?.DisposeAsync() ?? ValueTask.CompletedTask);
        _daemon = await ConnectorDaemon.StartAsync(OwnManagement.Configured(Configuration), TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a verb; paths are shown as they are below the folder.</summary>
    public async Task<ShellRun> Run(params string[] args)
    {
        var run = await ShellRun.Of([.. args, "--config", Configuration]);
        return new ShellRun(run.ExitCode, run.Output.Replace(_folder.Path + "/", "", StringComparison.Ordinal), run.Error.Replace(_folder.Path + "/", "", StringComparison.Ordinal));
    }

    /// <summary>A connection of another client's.</summary>
    public Connection Connect() => new(OwnManagement.Find(Configuration));

    /// <summary>Writes a file beneath the folder and gives its path.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Sub(name))!);
        return _folder.Write(name, text);
    }

    public async ValueTask DisposeAsync()
    {
        await (_daemon?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

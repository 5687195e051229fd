namespace Connector.Cli.Tests.Remote;

/// <summary>An operator with a connector's folder, who talks to whatever answers on a port in its place.</summary>
public abstract class OperatorsFolder : IAsyncLifetime
{
    private protected readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync() => await ShellRun.Of("init", _folder.Sub("a"), "--id", "did:web:a.example");

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected Task<ShellRun> RunAsync(int port, params string[] args) => ShellRun.On(_folder.Sub("a"), port, args);
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Connector.Testing.Processes;

namespace Connector.EndToEnd.Tests;

/// <summary>A daemon that cannot start says so once, in words for its operator.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("connector-start").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_port_that_is_taken_is_told_once_with_what_to_do_and_nothing_else()
    {
        var port = FreePorts.Next();
        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();
        var folder = Path.Combine(_root, "acme");
        var made = await ConnectorCli.RunAsync(_root, "init", folder, "--id", "did:web:acme.example", "--host", "localhost", "--port", port.ToString(CultureInfo.InvariantCulture));
        Assert.True(made.ExitCode == 0, made.Error);
        var start = ConnectorCli.StartInfo(folder, "run", "--config", Path.Combine(folder, "connector.yaml"));
        start.Environment["CONNECTOR__LISTEN__PEERS__ADDRESS"] = "127.0.0.1";
        start.Environment["CONNECTOR__LISTEN__MANAGEMENT__PORT"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture);

        var (code, output, error) = await ConnectorCli.RunAsync(start);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"error: the connector cannot start: Failed to bind to address https://127.0.0.1:{port}: address already in use.", error, StringComparison.Ordinal);
        Assert.Contains("listen.peers", error, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", error, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}

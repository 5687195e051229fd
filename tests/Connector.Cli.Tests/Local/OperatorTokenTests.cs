using System.Globalization;
using Connector.Cli.Local;
using Connector.Daemon;
using Connector.Testing.Processes;
using Connector.Trust;

namespace Connector.Cli.Tests.Local;

public sealed class OperatorTokenTests
{
    [Theory]
    [InlineData("", "holds no operator's token")]
    [InlineData(" \n", "holds no operator's token")]
    [InlineData(null, "the operator's token cannot be read")]
    public async Task A_connector_does_not_start_without_a_token_and_says_which_file_wants_it(string? written, string said)
    {
        using var folder = new TemporaryFolder();
        string[] ports = ["--port", Text(FreePorts.Next()), "--management-port", Text(FreePorts.Next())];
        Assert.Equal(0, (await ShellRun.Of(["init", folder.Sub("a"), "--id", "did:web:a.example", "--name", "a", .. ports])).ExitCode);
        var token = folder.Sub("a/operator.token");
        File.Delete(token);
        if (written is not null)
        {
            await File.WriteAllTextAsync(token, written, TestContext.Current.CancellationToken);
        }

        var options = OwnManagement.Configured(folder.Sub("a/connector.yaml"));
        var fault = await Assert.ThrowsAsync<TrustException>(async () => await (await ConnectorDaemon.StartAsync(options, TestContext.Current.CancellationToken)).DisposeAsync());

        Assert.StartsWith($"{token}: {said}", fault.Message, StringComparison.Ordinal);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Connector.Management.V1;
using Connector.Testing.Processes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Connector.EndToEnd.Tests;

/// <summary>One company: a folder made by <c>connector init</c> and a daemon process that can be killed and started again.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly string _name;
    private readonly int _managementPort;
    private readonly GrpcChannel _channel;
    private readonly List<string> _errors = [];
    private Process? _process;

    private Company(string name, string folder, int peerPort, int managementPort)
    {
        (_name, Folder, PeerPort, _managementPort) = (name, folder, peerPort, managementPort);
        using var own = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "keys", "tls.crt")));
        var expected = own.RawData;
        _channel = GrpcChannel.ForAddress($"https://127.0.0.1:{managementPort}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(expected) } },
            DisposeHttpClient = true,
        });
        Calls = _channel.CreateCallInvoker();
    }

    public string Folder { get; }

    public int PeerPort { get; }

    public string Id => $"did:web:{_name}.example";

    public CallInvoker Calls { get; }

    /// <summary>Its public signing keys as its Peer document has them, as a JWK set.</summary>
    public string KeySet => $$"""{"keys":[{{string.Join(',', File.ReadLines(Path.Combine(Folder, "peer.yaml")).Select(line => line.Trim()).Where(line => line.StartsWith("- {", StringComparison.Ordinal)).Select(line => line[2..]))}}]}""";

    /// <summary>The running daemon's.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Lines of the daemons' logs at the level of an error or worse.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public Metadata Token => new() { { "authorization", "Bearer " + File.ReadAllText(Path.Combine(Folder, "operator.token")).Trim() } };

    public static async Task<Company> MakeAsync(string root, string name)
    {
        var folder = Path.Combine(root, name);
        var (peerPort, managementPort) = (FreePorts.Next(), FreePorts.Next());
        var made = await ConnectorCli.RunAsync(root, "init", folder, "--id", $"did:web:{name}.example", "--name", name, "--host", "localhost", "--port", peerPort.ToString(CultureInfo.InvariantCulture));
        Assert.True(made.ExitCode == 0, made.Error + made.Output);
        return new Company(name, folder, peerPort, managementPort);
    }

    /// <summary>Starts the daemon and waits for its line <c>ready</c>.</summary>
    public async Task StartAsync()
    {
        var start = StartInfo("run", "--attached");

        // So long that nothing may depend on it: what works, works without a poll.
        start.Environment["CONNECTOR__RECOVERY__PERIOD"] = "1h";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && (text.Contains("fail:", StringComparison.Ordinal) || text.Contains("crit:", StringComparison.Ordinal) || text.StartsWith("error", StringComparison.Ordinal)))
            {
                lock (_errors)
                {
                    _errors.Add($"{_name}: {text}");
                }
            }
        };
        _process.BeginErrorReadLine();
        var line = await _process.StandardOutput.ReadLineAsync();
        Assert.True(line?.StartsWith("ready", StringComparison.Ordinal) == true, $"{_name} did not start: {line} {string.Join('\n', _errors)}");
    }

    /// <summary>No file of the daemon's may grow beyond this from now on, as on a full disk; null lifts it.</summary>
    public async Task LimitFilesAsync(long? bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{_process!.Id}", $"--fsize={bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }

    /// <summary>Runs a verb as this company's operator.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => ConnectorCli.RunAsync(StartInfo(arguments));

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Takes the other company's Peer document, with what we vouch for.</summary>
    public Task MeetAsync(Company other, string claims) => MeetAsync(other, claims, "", "");

    /// <summary>Takes the other company's Peer document with one of its lines changed.</summary>
    public async Task MeetAsync(Company other, string claims, string line, string changed)
    {
        var document = await File.ReadAllTextAsync(Path.Combine(other.Folder, "peer.yaml"));
        Assert.Contains(line, document, StringComparison.Ordinal);
        await ApplyAsync("peer.yaml", "/", (line.Length == 0 ? document : document.Replace(line, changed, StringComparison.Ordinal)) + $"\n{claims}\n");
    }

    public async Task ApplyAsync(string path, string folder, string text)
    {
        var reply = await new DocumentService.DocumentServiceClient(Calls).ApplyAsync(new ApplyRequest { Files = { new DocumentFile { Path = path, Folder = folder, Text = text } } }, Token);
        Assert.Empty(reply.Faults);
    }

    private ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = ConnectorCli.StartInfo(Folder, [.. arguments, "--config", Path.Combine(Folder, "connector.yaml")]);
        start.Environment["CONNECTOR__LISTEN__MANAGEMENT__PORT"] = _managementPort.ToString(CultureInfo.InvariantCulture);
        return start;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _channel.Dispose();
    }
}

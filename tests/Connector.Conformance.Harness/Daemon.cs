using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Connector.Management.V1;
using Connector.Testing.Processes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Connector.Conformance.Harness;

/// <summary>The connector under test: a folder made by <c>connector init</c>, and its daemon as a process of its own.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private const string Domain = "suite";
    private readonly Process _process;
    private readonly string _folder;
    private readonly GrpcChannel _channel;

    private Daemon(Process process, string folder, GrpcChannel channel) => (_process, _folder, _channel) = (process, folder, channel);

    /// <summary>The management API.</summary>
    public CallInvoker Calls => _channel.CreateCallInvoker();

    public Metadata Token => new() { { "authorization", "Bearer " + File.ReadAllText(Path.Combine(_folder, "operator.token")).Trim() } };

    public string Folder => _folder;

    public static async Task<Daemon> StartAsync(HarnessOptions options)
    {
        var root = Directory.CreateTempSubdirectory("connector-conformance-").FullName;
        var folder = Path.Combine(root, "sut");
        var (peers, management) = (FreePorts.Next(), FreePorts.Next());
        try
        {
            return await StartAsync(options, root, folder, peers, management);
        }
        catch
        {
            Directory.Delete(root, recursive: true);
            throw;
        }
    }

    private static async Task<Daemon> StartAsync(HarnessOptions options, string root, string folder, int peers, int management)
    {
        await RunAsync(root, "init", folder, "--id", options.Participant, "--name", "sut", "--host", "127.0.0.1", "--port", Text(peers));
        await File.WriteAllTextAsync(Path.Combine(folder, "connector.yaml"), $"""
            participant: {"{"} id: "{options.Participant}", name: sut {"}"}
            listen:
              peers: {"{"} address: 127.0.0.1, port: {Text(peers)} {"}"}
              dsp: {"{"} address: 127.0.0.1, port: {Text(options.DspPort)}, tls: off {"}"}
              management: {"{"} port: {Text(management)} {"}"}
            outbound: {"{"} allowedNetworks: [ 127.0.0.0/8 ] {"}"}
            trust:
              domains:
                - name: {Domain}
                  kind: static
                  participant: "{options.Suite}"
            {(options.Token is null ? "" : $"      token: '{Bare(options.Token).Replace("'", "''", StringComparison.Ordinal)}'")}
            """);
        var start = StartInfo(folder, "run", "--attached", "--config", Path.Combine(folder, "connector.yaml"));
        var process = Process.Start(start)!;
        var last = new Queue<string>();
        process.ErrorDataReceived += (_, line) => Tell(line.Data, last);
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync();
        if (ready?.StartsWith("ready", StringComparison.Ordinal) != true)
        {
            await process.WaitForExitAsync();
            process.Dispose();
            throw new InvalidOperationException($"the connector did not start: {string.Join(' ', last)}");
        }

        using var own = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(folder, "keys", "tls.crt")));
        var expected = own.RawData;
        return new Daemon(process, folder, GrpcChannel.ForAddress($"https://127.0.0.1:{Text(management)}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().SequenceEqual(expected) } },
            DisposeHttpClient = true,
        }));
    }

    /// <summary>Applies documents and imports agreements, so that all that the scripts speak of is there.</summary>
    public async Task SeedAsync(HarnessOptions options)
    {
        string Named(string key) => options.Keys.FirstOrDefault(k => k.Value == key).Key ?? key;
        await File.WriteAllTextAsync(Path.Combine(_folder, "data.json"), "{}\n");
        var documents = new List<string>
        {
            $"apiVersion: connector/v1\nkind: Peer\nname: suite\nparticipantId: \"{options.Suite}\"\ntrust: {Domain}\n",
            "apiVersion: connector/v1\nkind: Policy\nname: free\npermit: [ { action: use } ]\n",
        };
        foreach (var key in Script.Datasets)
        {
            var id = Named(key);
            var offer = options.Offers.GetValueOrDefault(id) ?? $"CD123:{id}:456";
            var name = key.ToLowerInvariant();
            documents.Add($"apiVersion: connector/v1\nkind: Dataset\nname: {name}\nid: \"{id}\"\nsource: {"{"} file: ./data.json {"}"}\n");
            documents.Add($"apiVersion: connector/v1\nkind: Offer\nname: {name}-offer\nid: \"{offer}\"\ndatasets: [ {name} ]\nterms: free\naccept: stepwise\n");
        }

        var applied = await new DocumentService.DocumentServiceClient(Calls).ApplyAsync(
            new ApplyRequest { Files = { new DocumentFile { Path = "seed.yaml", Folder = _folder, Text = string.Join("---\n", documents) } } }, Token);
        if (applied.Faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', applied.Faults));
        }

        foreach (var key in Script.Provided)
        {
            await ImportAsync(Named(key), options.Participant, options.Suite, "CAT0101", "CD123:CAT0101:456");
        }

        foreach (var key in Script.Consumed)
        {
            await ImportAsync(Named(key), options.Suite, options.Participant, "urn:dataset:of-the-suite", "");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    private async Task ImportAsync(string id, string assigner, string assignee, string target, string offer) =>
        await new AgreementService.AgreementServiceClient(Calls).ImportAsync(
            new ImportAgreementRequest
            {
                Json = $$"""{"@id":"{{id}}","@type":"Agreement","target":"{{target}}","assigner":"{{assigner}}","assignee":"{{assignee}}","timestamp":"2026-01-01T00:00:00Z","permission":[{"action":"use"}]}""",
                Offer = offer,
                Binding = "dsp",
            },
            Token);

    private static async Task RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(folder, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(await error + await output);
        }
    }

    private static ProcessStartInfo StartInfo(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])[BuiltConnector.Path, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // What the connector finally says of why it cannot start is kept; its log goes where ours goes.
    private static void Tell(string? line, Queue<string> last)
    {
        if (line?.StartsWith("error: ", StringComparison.Ordinal) == true || line?.StartsWith("to do: ", StringComparison.Ordinal) == true)
        {
            last.Enqueue(line);
            return;
        }

        Console.Error.WriteLine(line);
    }

    // A connector compares what follows the scheme.
    private static string Bare(string authorization) => authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : authorization;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

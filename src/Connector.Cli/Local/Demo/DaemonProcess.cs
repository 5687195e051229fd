using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Connector.Cli.Local.Demo;

/// <summary>
/// A connector running as a process of its own. It is ready when it says so on standard output, and it ends with its parent,
/// however that ends: its standard input is a pipe that closes with the parent, and <c>run --attached</c> stops at its end.
/// </summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private const int KeptLogCharacters = 16_384;
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly StreamWriter _logFile;
    private bool _closed;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DaemonProcess(Process process, string logFile) =>
        (_process, _logFile) = (process, new StreamWriter(logFile, append: true) { AutoFlush = true });

    public int Id => _process.Id;

    /// <summary>Starts a daemon and waits for its ready line.</summary>
    /// <param name="configuration">Its <c>connector.yaml</c>; what it says goes to <c>connector.log</c> beside it.</param>
    /// <exception cref="Failure">It ended before it was ready.</exception>
    public static async Task<DaemonProcess> StartAsync(string configuration, CancellationToken cancel)
    {
        var start = OwnExecutable.StartInfo("run", "--attached", "--config", configuration);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var daemon = new DaemonProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, Path.ChangeExtension(configuration, ".log"));
        try
        {
            daemon.Launch();
            await daemon._ready.Task.WaitAsync(cancel);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>The most memory it ever had resident, in MiB (Linux: VmHWM); null where the system does not tell.</summary>
    public double? PeakMemoryMiB()
    {
        var status = $"/proc/{Id}/status";
        if (!File.Exists(status))
        {
            return null;
        }

        var line = File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kibibytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return kibibytes is null ? null : Math.Round(double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024, 1);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            Kill();
        }

        _process.Dispose();
        lock (_log)
        {
            _closed = true;
            _logFile.Dispose();
        }
    }

    private void Launch()
    {
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => OnExit();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void OnOutput(string? line)
    {
        if (line is not null && line.StartsWith(ReadyLine.Word, StringComparison.Ordinal))
        {
            _ready.TrySetResult(line);
        }

        Keep(line);
    }

    private void OnExit()
    {
        _process.WaitForExit();
        lock (_log)
        {
            _ready.TrySetException(new Failure($"the daemon ended with exit code {_process.ExitCode} before it was ready: {_log.ToString().Trim()}"));
        }
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line is null || _closed)
            {
                return;
            }

            _logFile.WriteLine(line);
            if (_log.Length < KeptLogCharacters)
            {
                _log.AppendLine(line);
            }
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was never started, or has ended by itself.
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Connector.Management.V1;
using Microsoft.AspNetCore.Builder;

namespace Connector.Conformance.Harness;

/// <summary>All of it: the connector, seeded; the player of the scripts; the webhooks.</summary>
public sealed class SystemUnderTest : IAsyncDisposable
{
    private readonly Daemon _daemon;
    private readonly WebApplication _webhooks;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _playing;

    private SystemUnderTest(Daemon daemon, WebApplication webhooks, Task playing, CancellationTokenSource stop) => (_daemon, _webhooks, _playing, _stop) = (daemon, webhooks, playing, stop);

    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="InvalidOperationException">The connector cannot be started or seeded.</exception>
    public static async Task<SystemUnderTest> StartAsync(HarnessOptions options)
    {
        MustBeFree(options.DspPort);
        MustBeFree(options.WebhookPort);
        var daemon = await Daemon.StartAsync(options);
        var stop = new CancellationTokenSource();
        try
        {
            await daemon.SeedAsync(options);
            var watching = new TaskCompletionSource();
            var playing = new Player(daemon.Calls, () => daemon.Token, options).PlayAsync(watching, stop.Token);
            await Task.WhenAny(watching.Task, playing);
            return new SystemUnderTest(daemon, await Webhooks.StartAsync(daemon.Calls, () => daemon.Token, options.WebhookPort), playing, stop);
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    // Told before anything is started, and by its number.
    private static void MustBeFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new IOException($"port {port} of 127.0.0.1 cannot be listened on ({e.Message}); stop what uses it, or give another by --dsp-port or --webhook-port", e);
        }
    }

    /// <summary>All processes and their states, as one text: equal texts mean that nothing has changed.</summary>
    public async Task<string> SnapshotAsync()
    {
        var negotiations = await new NegotiationService.NegotiationServiceClient(_daemon.Calls).ListAsync(new ListRequest(), _daemon.Token);
        var transfers = await new TransferService.TransferServiceClient(_daemon.Calls).ListAsync(new ListRequest(), _daemon.Token);
        return string.Join('\n', negotiations.Negotiations.Select(n => $"{n.Id} {n.State}").Concat(transfers.Transfers.Select(t => $"{t.Id} {t.State}")).Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _webhooks.DisposeAsync();
        await _playing;
        await _daemon.DisposeAsync();
        _stop.Dispose();
    }
}

using Connector.ControlPlane.Events;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connector.Daemon.Events;

/// <summary>Tells the log what an operator would ask for the morning after: contracts made and ended and duties under them, negotiations that came to nothing, data that moved, documents applied.</summary>
public sealed class JournalWorker(Happenings happenings, ILogger<JournalWorker> log) : BackgroundService
{
    private static readonly string s_failed = NegotiationRules.Name(NegotiationState.Terminated);
    private static readonly string s_asked = TransferRules.Name(TransferState.Requested);

    private Happenings.Watch? _watch;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // From here on nothing is missed, though it is written down only after the start.
        _watch = log.IsEnabled(LogLevel.Information) ? happenings.Open(IsWorthALine) : null;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_watch is null)
        {
            return;
        }

        await foreach (var happening in _watch.ReadAllAsync(stoppingToken))
        {
            if (_watch.Lost())
            {
                Log.JournalGap(log);
            }

            Write(happening);
        }
    }

    public override void Dispose()
    {
        _watch?.Dispose();
        base.Dispose();
    }

    private static bool IsWorthALine(Happening happening) => happening.Kind switch
    {
        "document" => true,
        "agreement" => happening.Proven,
        "negotiation" => happening.State == s_failed,
        "transfer" => happening.State != s_asked,
        _ => false,
    };

    private void Write(Happening happening)
    {
        var detail = happening.Detail is { } said ? $": {said.ReplaceLineEndings(" ")}" : "";
        if (happening.Kind == "document")
        {
            Log.DocumentChanged(log, happening.Subject, happening.State);
        }
        else
        {
            Log.Happened(log, happening.Kind, happening.Subject, happening.State, happening.Peer, happening.Role, detail);
        }
    }
}

using System.Collections.Concurrent;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Conformance.Harness;

/// <summary>Plays the scripts: watches what happens, and gives the orders through the management API as an operator would.</summary>
internal sealed class Player(CallInvoker calls, Func<Metadata> token, HarnessOptions options)
{
    private readonly ConcurrentDictionary<string, Task> _tails = new();
    private readonly ConcurrentDictionary<string, int> _next = new();

    /// <summary>Plays until cancelled.</summary>
    /// <param name="watching">Completes once nothing that happens is missed.</param>
    public async Task PlayAsync(TaskCompletionSource watching, CancellationToken cancel)
    {
        using var watch = new StatusService.StatusServiceClient(calls).Watch(new WatchRequest(), token(), cancellationToken: cancel);
        await watch.ResponseHeadersAsync;
        watching.TrySetResult();
        try
        {
            await foreach (var happening in watch.ResponseStream.ReadAllAsync(cancel))
            {
                if (happening.Kind is "negotiation" or "transfer")
                {
                    _tails[happening.Subject] = AfterAsync(_tails.GetValueOrDefault(happening.Subject, Task.CompletedTask), happening, cancel);
                }
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled)
        {
            // Told to stop.
        }
    }

    private async Task AfterAsync(Task before, Happening happening, CancellationToken cancel)
    {
        await before;
        try
        {
            await (happening.Kind == "negotiation" ? NegotiateAsync(happening.Subject, cancel) : TransferAsync(happening.Subject, cancel));
        }
        catch (RpcException e) when (e.StatusCode != StatusCode.Cancelled)
        {
            await Console.Error.WriteLineAsync($"{happening.Kind} {happening.Subject}: {e.Status.Detail}");
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task NegotiateAsync(string id, CancellationToken cancel)
    {
        var client = new NegotiationService.NegotiationServiceClient(calls);
        if (await DueAsync(id, () => LookAsync(client, id, cancel), cancel) is not { } order)
        {
            return;
        }

        await (order switch
        {
            Order.Approve => client.ApproveAsync(new NegotiationId { Id = id }, token(), cancellationToken: cancel),
            Order.Counter => client.CounterAsync(new CounterRequest { Id = id }, token(), cancellationToken: cancel),
            _ => client.TerminateAsync(new TerminateRequest { Id = id, Code = "conformance", Reasons = { "the script says so" } }, token(), cancellationToken: cancel),
        });
    }

    private async Task TransferAsync(string id, CancellationToken cancel)
    {
        var client = new TransferService.TransferServiceClient(calls);
        if (await DueAsync(id, () => LookAsync(client, id, cancel), cancel) is { } order)
        {
            await client.StepAsync(new StepRequest { Id = id, Step = order.ToString().ToLowerInvariant() }, token(), cancellationToken: cancel);
        }
    }

    // A process whose last message the suite has not taken yet must not go on: what the next step overtakes is never sent. Its being taken is a happening again.
    private async Task<Order?> DueAsync(string id, Func<Task<Shown>> look, CancellationToken cancel)
    {
        if (Due(id, await look()) is null)
        {
            return null;
        }

        await Task.Delay(options.Pause, cancel);
        if (Due(id, await look()) is not { } order)
        {
            return null;
        }

        _next[id]++;
        return order;
    }

    private async Task<Shown> LookAsync(NegotiationService.NegotiationServiceClient client, string id, CancellationToken cancel)
    {
        var negotiation = await client.GetAsync(new NegotiationId { Id = id }, token(), cancellationToken: cancel);
        return new Shown(negotiation.Dataset, negotiation.State, negotiation.LastError);
    }

    private async Task<Shown> LookAsync(TransferService.TransferServiceClient client, string id, CancellationToken cancel)
    {
        var transfer = await client.GetAsync(new TransferId { Id = id }, token(), cancellationToken: cancel);
        return new Shown(transfer.AgreementId, transfer.State, transfer.LastError);
    }

    private Order? Due(string id, Shown process)
    {
        var next = _next.GetOrAdd(id, 0);
        return Script.All.TryGetValue(options.Keys.GetValueOrDefault(process.Subject, process.Subject), out var steps) && next < steps.Length && steps[next].State == process.State && process.LastError.Length == 0
            ? steps[next].Order
            : null;
    }

    /// <summary>What the management API shows of a process.</summary>
    /// <param name="Subject">The dataset or agreement, by which its script is found.</param>
    /// <param name="LastError">Why its last message is not taken yet; empty when it is.</param>
    private readonly record struct Shown(string Subject, string State, string LastError);
}

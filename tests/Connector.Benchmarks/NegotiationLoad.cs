using System.Collections.Concurrent;
using System.Diagnostics;
using Connector.EndToEnd.Tests;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Benchmarks;

/// <summary>Starts negotiations through the operator's API, so many at a time, and takes the time of each until the consumer says FINALIZED.</summary>
internal sealed class NegotiationLoad : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private readonly AsyncServerStreamingCall<Happening> _watch;
    private readonly NegotiationService.NegotiationServiceClient _client;
    private readonly TwoCompanies _two;
    private readonly Metadata _token;

    public NegotiationLoad(TwoCompanies two)
    {
        _two = two;
        _token = two.Customer.Token;
        _client = new NegotiationService.NegotiationServiceClient(two.Customer.Calls);
        _watch = new StatusService.StatusServiceClient(two.Customer.Calls).Watch(new WatchRequest { Kind = "negotiation" }, _token);
        _watch.ResponseHeadersAsync.GetAwaiter().GetResult();
        _ = HearAsync();
    }

    public async Task<string> RunAsync(int concurrency, int count, string binding = "grpc")
    {
        var latencies = new ConcurrentBag<double>();
        var left = count;
        var spent = new Spent(_two);
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var begun = Stopwatch.GetTimestamp();
                var negotiation = await _client.StartAsync(
                    new StartNegotiationRequest { Peer = _two.Supplier.Id, Offer = "urn:offer:data", Dataset = "urn:dataset:data", Terms = Terms, Purposes = { "pcf-calculation" }, Binding = binding }, _token);
                await _waiting.GetOrAdd(negotiation.Id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                _waiting.TryRemove(negotiation.Id, out TaskCompletionSource? _);
                latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }));
        var seconds = spent.Seconds;
        var (supplier, customer, driver) = (spent.SupplierMs / count, spent.CustomerMs / count, spent.DriverMs / count);
        var sorted = latencies.Order().ToArray();
        return $"{binding,4}, {concurrency,2} at a time: {count / seconds:0} finalized negotiations/s, latency p50 {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[(int)(sorted.Length * 0.99)]:0.0} ms; CPU of each: provider {supplier:0.00} ms, consumer {customer:0.00} ms, this driver {driver:0.00} ms";
    }

    public void Dispose() => _watch.Dispose();

    private const string Terms =
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"https://w3id.org/catenax/2025/9/policy/Membership","operator":"eq","rightOperand":"active"},{"leftOperand":"http://www.w3.org/ns/odrl/2/purpose","operator":"isAnyOf","rightOperand":["pcf-calculation"]}]}]}""";

    private async Task HearAsync()
    {
        try
        {
            await foreach (var happening in _watch.ResponseStream.ReadAllAsync())
            {
                if (happening.State is "FINALIZED" or "TERMINATED")
                {
                    var waiting = _waiting.GetOrAdd(happening.Subject, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                    if (happening.State == "FINALIZED")
                    {
                        waiting.TrySetResult();
                    }
                    else
                    {
                        waiting.TrySetException(new InvalidOperationException(happening.Detail));
                    }
                }
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled)
        {
        }
    }
}

using System.Diagnostics;
using Dataspace.Peer.V1;
using Grpc.Core;

namespace Connector.Benchmarks;

/// <summary>The yardstick of a negotiation's messages: calls that are answered at once, of which nothing is checked or kept.</summary>
internal sealed class BareCalls(BareServer server)
{
    private readonly NegotiationService.NegotiationServiceClient _client = new(server.Channel);

    public async Task<string> RunAsync(int concurrency, int count)
    {
        var left = count;
        var (callee, caller, since) = (server.Took, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await _client.GetAsync(new GetNegotiationRequest { Pid = "urn:uuid:00000000-0000-0000-0000-000000000000" });
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return $"bare gRPC calls, {concurrency} at a time: {count / seconds:0}/s; CPU of each: callee {(server.Took - callee).TotalMilliseconds / count:0.000} ms, caller {(Environment.CpuUsage.TotalTime - caller).TotalMilliseconds / count:0.000} ms";
    }

    /// <summary>The server's side.</summary>
    internal sealed class Service : NegotiationService.NegotiationServiceBase
    {
        private static readonly Task<ContractNegotiation> s_answer = Task.FromResult(new ContractNegotiation());

        public override Task<ContractNegotiation> Get(GetNegotiationRequest request, ServerCallContext context) => s_answer;
    }
}

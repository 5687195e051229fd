using System.Collections.Immutable;
using System.Diagnostics;
using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.Grpc.Tests.Rooms;
using Connector.Policies;
using Microsoft.Extensions.DependencyInjection;
using ContractOfferMessage = Connector.ControlPlane.Negotiations.ContractOfferMessage;

namespace Connector.Grpc.Benchmarks;

/// <summary>Unary calls: an offer that was sent before, so that the service looks it up, recognizes it and answers; nothing is stored.</summary>
internal static class CallBenchmark
{
    private static readonly ContractOfferMessage s_offer = new("m", "p", null, new Terms("urn:offer:o", Sample.DatasetId, Sample.FreeUse), null);

    public static async Task RunAsync(TimeSpan time)
    {
        await using var trivial = await Partners.StartAsync(changeProvider: services => services.AddSingleton<IPeerAuthenticator, Anybody>(), changeConsumer: services => services.AddSingleton<ITokenSource, AnyToken>());
        await using var real = await Partners.StartAsync();
        await using var bare = await Bare.StartAsync(trivial.Provider, 0);
        var bareClient = new Dataspace.Peer.V1.NegotiationService.NegotiationServiceClient(trivial.Raw(bare.Address));
        foreach (var atOnce in (int[])[1, 8, 64])
        {
            await MeasureAsync("bare gRPC", atOnce, time, async () => await bareClient.OfferAsync(Sample.Offer()));
            await MeasureAsync("room, any token taken", atOnce, time, () => SendAsync(trivial));
            await MeasureAsync("room, tokens signed and checked", atOnce, time, () => SendAsync(real));
        }
    }

    private static async Task SendAsync(Partners partners)
    {
        if ((await partners.Consumer.Client.SendAsync(partners.ToProvider, s_offer, default)).Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.ToString());
        }
    }

    private static async Task MeasureAsync(string name, int atOnce, TimeSpan time, Func<Task> call)
    {
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => RepeatAsync(TimeSpan.FromSeconds(1), call)));
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => RepeatAsync(time, call)));
        var total = counts.Sum();
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine($"{name,-34}{atOnce,3} at once {total / watch.Elapsed.TotalSeconds,9:F0} calls/s {watch.Elapsed.TotalMilliseconds * atOnce / total,8:F3} ms {allocated / total,8} B per call, both sides");
    }

    private static async Task<long> RepeatAsync(TimeSpan time, Func<Task> call)
    {
        var count = 0L;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; count++)
        {
            await call();
        }

        return count;
    }

    private sealed class Anybody : IPeerAuthenticator
    {
        private readonly Peer _peer = new("did:web:consumer.example", ImmutableDictionary<string, Claim>.Empty, "benchmark", DateTimeOffset.MaxValue);

        public ValueTask<Result<Peer>> AuthenticateAsync(string? token, string? clientCertificateThumbprint, CancellationToken cancel) => ValueTask.FromResult<Result<Peer>>(_peer);
    }

    private sealed class AnyToken : ITokenSource
    {
        public ValueTask<Result<string>> TokenForAsync(PeerEntry peer, CancellationToken cancel) => ValueTask.FromResult<Result<string>>("token");
    }
}

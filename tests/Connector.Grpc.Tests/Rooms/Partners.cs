using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Connector.ControlPlane.Participants;
using Connector.Trust.Tls;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>Two companies that know each other, each with its room.</summary>
internal sealed class Partners : IAsyncDisposable
{
    private readonly Company[] _companies;
    private readonly ConcurrentDictionary<string, GrpcChannel> _channels = new();

    public required Room Provider { get; init; }

    public required Room Consumer { get; init; }

    public required PeerEntry ProviderEntry { get; init; }

    public required PeerEntry ConsumerEntry { get; init; }

    public PeerAddress ToProvider => new(ProviderEntry, null);

    public PeerAddress ToConsumer => new(ConsumerEntry, null);

    public static async Task<Partners> StartAsync(
        TimeSpan? longestCall = null, TimeSpan? stall = null, Action<IServiceCollection>? changeProvider = null, Action<IServiceCollection>? changeConsumer = null)
    {
        Company provider = new("provider"), consumer = new("consumer");
        var provides = await Room.StartAsync(provider, longestCall, stall, changeProvider);
        var consumes = await Room.StartAsync(consumer, longestCall, stall, changeConsumer);
        PeerEntry[] entries = [provider.AsPeer(provides.PeerAddress), consumer.AsPeer(consumes.PeerAddress)];
        provides.Knows(entries);
        consumes.Knows(entries);
        return new Partners(provider, consumer) { Provider = provides, Consumer = consumes, ProviderEntry = entries[0], ConsumerEntry = entries[1] };
    }

    private Partners(params Company[] companies) => _companies = companies;

    /// <summary>A file of the provider's, in its folder.</summary>
    public string ProviderFile(string name) => _companies[0].File(name);

    /// <summary>A file of the consumer's, in its folder.</summary>
    public string ConsumerFile(string name) => _companies[1].File(name);

    /// <summary>A token of the consumer's for one call to the provider.</summary>
    public async Task<string> TokenAsync() => (await Consumer.Get<ITokenSource>().TokenForAsync(ProviderEntry, default)).Value;

    /// <summary>Calls from the consumer's machine with its certificate; what they say is up to the test.</summary>
    public CallInvoker Raw(string address) => _channels.GetOrAdd(address, at => GrpcChannel.ForAddress(at, new GrpcChannelOptions { HttpHandler = Consumer.Get<PeerConnections>().To(ProviderEntry) })).CreateCallInvoker();

    /// <summary>Posts whatever bytes as a gRPC call to the provider's peer port.</summary>
    public async Task<HttpResponseMessage> PostAsync(string method, HttpContent body, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Provider.PeerAddress + method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = body };
        request.Headers.TE.ParseAdd("trailers");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var calls = new HttpMessageInvoker(Consumer.Get<PeerConnections>().To(ProviderEntry), disposeHandler: false);
        return await calls.SendAsync(request, default);
    }

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    public async ValueTask DisposeAsync()
    {
        await Consumer.DisposeAsync();
        await Provider.DisposeAsync();
        foreach (var company in _companies)
        {
            company.Dispose();
        }
    }
}

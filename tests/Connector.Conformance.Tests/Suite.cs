using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Connector.Conformance.Harness;
using Connector.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Conformance.Tests;

/// <summary>Our own suite: the other participant, over plain HTTP, and the connector under test as a process of its own.</summary>
public class Suite : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private WebApplication _callbacks = null!;
    private SystemUnderTest _system = null!;

    /// <summary>How long the harness waits before a step.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromMilliseconds(100);

    /// <summary>What calls bear as Authorization; null for nothing.</summary>
    protected virtual string? Token => null;

    public int DspPort { get; } = FreePorts.Next();

    public int WebhookPort { get; } = FreePorts.Next();

    public int CallbackPort { get; } = FreePorts.Next();

    public string Base => $"http://127.0.0.1:{DspPort}/dsp/2025-1";

    /// <summary>The base address of a version.</summary>
    internal string At(Dialect dialect) => $"http://127.0.0.1:{DspPort}/dsp/{dialect.Version}";

    public string Callback => $"http://127.0.0.1:{CallbackPort}";

    /// <summary>The next messages are answered so, one after the other; 200 is to take it.</summary>
    public ConcurrentQueue<(int Status, string RetryAfter)> Refusals { get; } = [];

    public ChannelReader<Received> Arrivals => _received.Reader;

    public async ValueTask InitializeAsync()
    {
        if (Token is { } token)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, CallbackPort));
        _callbacks = builder.Build();
        _callbacks.Run(TakeAsync);
        await _callbacks.StartAsync();
        _system = await SystemUnderTest.StartAsync(new HarnessOptions { DspPort = DspPort, WebhookPort = WebhookPort, Pause = Pause, Token = Token });
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _callbacks.DisposeAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>All that the connector remembers of processes.</summary>
    public Task<string> SnapshotAsync() => _system.SnapshotAsync();

    /// <summary>Posts bytes as they are.</summary>
    public async Task<(int Status, JsonNode? Body)> PostAsync(string address, HttpContent content)
    {
        using var response = await _http.PostAsync(new Uri(address), content);
        return ((int)response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    public async Task<(int Status, JsonNode? Body)> PostAsync(string address, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(address), content);
        return ((int)response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    public async Task<(int Status, JsonNode? Body)> GetAsync(string address)
    {
        using var response = await _http.GetAsync(new Uri(address));
        return ((int)response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    // Answers as the public suite does: always 200, first requests with the process and others with nothing, no media type.
    private async Task TakeAsync(HttpContext http)
    {
        var body = await JsonNode.ParseAsync(http.Request.Body);
        await _received.Writer.WriteAsync(new Received(http.Request.Path.Value!, body!.AsObject(), TimeProvider.System.GetTimestamp()));
        if (Refusals.TryDequeue(out var refusal) && refusal.Status != StatusCodes.Status200OK)
        {
            http.Response.StatusCode = refusal.Status;
            http.Response.Headers.RetryAfter = refusal.RetryAfter.Length > 0 ? refusal.RetryAfter : default(Microsoft.Extensions.Primitives.StringValues);
            return;
        }

        if (http.Request.Path.Value is "/negotiations/request" or "/transfers/request")
        {
            var dialect = body!["@context"] is JsonArray ? Dialect.Newer : Dialect.Older;
            var consumerPid = (string)dialect.Read(body.AsObject())["consumerPid"]!;
            await http.Response.WriteAsync(dialect.Write(new JsonObject
            {
                ["@context"] = new JsonArray("https://w3id.org/dspace/2025/1/context.jsonld"),
                ["@type"] = http.Request.Path.Value.StartsWith("/negotiations", StringComparison.Ordinal) ? "ContractNegotiation" : "TransferProcess",
                ["providerPid"] = "p-" + consumerPid,
                ["consumerPid"] = consumerPid,
                ["state"] = "REQUESTED",
            }).ToJsonString());
        }
    }

    private static JsonNode? Parse(string text) => text.Length == 0 ? null : JsonNode.Parse(text);
}

/// <summary>A message that the connector sent.</summary>
/// <param name="At">A timestamp of the system's monotonic clock.</param>
public sealed record Received(string Path, JsonObject Body, long At);

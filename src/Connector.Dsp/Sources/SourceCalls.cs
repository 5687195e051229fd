using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Connector.ControlPlane;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Data;
using Connector.Dsp.Outbound;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Sources;

/// <summary>Asks HTTP sources, with their credentials and behind the guard of outbound calls. What goes wrong is told to the operator in the log, and to the consumer without any address.</summary>
internal sealed class SourceCalls(HttpDataOptions options, TimeProvider time, ILogger<SourceCalls> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageHandler> _handlers = new(StringComparer.Ordinal);
    private readonly SourceSecrets _secrets = new(options.ReadSecret, Environment.GetEnvironmentVariable);

    /// <summary>The answer with its headers read, of whatever status.</summary>
    /// <param name="prepare">Adds the caller's fields.</param>
    public async ValueTask<Result<HttpResponseMessage>> AskAsync(HttpSource source, HttpMethod method, Uri address, Action<HttpRequestMessage> prepare, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address);
        prepare(request);
        foreach (var (name, value) in source.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_secrets.Show(source, request) is { } unreadable)
        {
            Log.SourceFailed(logger, Shown(source), unreadable);
            return SourceRefusals.NoCredentials;
        }

        using var client = new HttpClient(HandlerFor(source), disposeHandler: false) { Timeout = options.Outbound.Timeout };
        try
        {
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode && answer.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable))
            {
                Log.SourceFailed(logger, Shown(source), $"it answers {(int)answer.StatusCode}");
            }

            if (!PassedFields.LengthIsClear(answer))
            {
                answer.Dispose();
                Log.SourceFailed(logger, Shown(source), "it does not say clearly how long its answer is");
                return SourceRefusals.BrokeOff;
            }

            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Log.SourceFailed(logger, Shown(source), OutboundRefusals.Of(e, source.Address).Message);
            return Redirected(e) ? SourceRefusals.Redirects : SourceRefusals.Unreachable;
        }
    }

    /// <summary>The body of an answer, bounded in length and time.</summary>
    public SourceBody Body(HttpSource source, Stream body) => new(body, source.MaxBytes, options.Stall, time);

    /// <summary>Tells the operator what went wrong with a source's body.</summary>
    public void Tell(HttpSource source, string what) => Log.SourceFailed(logger, Shown(source), what);

    /// <summary>Why a source cannot be asked, as far as can be told without asking; in words for the operator.</summary>
    public Refusal? Check(HttpSource source)
    {
        using var request = new HttpRequestMessage();
        if (_secrets.Show(source, request) is { } unreadable)
        {
            return Refusal.Malformed("source.http.credentials", unreadable, "check the file or the variable that the document names");
        }

        return IPAddress.TryParse(source.Address.Host, out var literal) && !AddressRules.Allows(literal, Networks(source))
            ? OutboundRefusals.AddressNotAllowed(source.Address.Host, literal) with { Mend = $"add its network to source.http.allowedNetworks: [ {literal}/{(literal.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)} ]" }
            : null;
    }

    public void Dispose()
    {
        foreach (var handler in _handlers.Values)
        {
            handler.Dispose();
        }
    }

    // One set of connections for all sources that may be in the same networks.
    private HttpMessageHandler HandlerFor(HttpSource source) => _handlers.GetOrAdd(
        string.Join(' ', source.AllowedNetworks), (_, networks) => new OutboundGuard(options.Outbound with { AllowedNetworks = networks }, time).HandlerFor(), Networks(source));

    private ImmutableArray<IPNetwork> Networks(HttpSource source) => [.. options.Outbound.AllowedNetworks, .. source.AllowedNetworks];

    private static bool Redirected(Exception e) => (e as OutboundRefusedException ?? e.InnerException as OutboundRefusedException)?.Refusal.Code == "redirect-not-followed";

    // The query may hold what is not for a log.
    private static string Shown(HttpSource source) => source.Address.GetLeftPart(UriPartial.Path);
}

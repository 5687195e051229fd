using System.Net;
using Polly;
using Polly.Retry;

namespace Connector.Dsp.Outbound;

/// <summary>Tries reads again that failed for a reason that may pass. A call that carries a body is never repeated here.</summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private readonly OutboundOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(OutboundOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _pipeline = options.Retries == 0 ? ResiliencePipeline<HttpResponseMessage>.Empty : new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new(MayPass(arguments.Outcome)),
                DelayGenerator = arguments => new(RetryAfter(arguments.Outcome.Result)),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head)
            ? await _pipeline.ExecuteAsync(async (sent, cancel) => await base.SendAsync(sent, cancel), request, cancellationToken)
            : await base.SendAsync(request, cancellationToken);

    private bool MayPass(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: { } e } => e is HttpRequestException && !IsRefusal(e),
        { Result: { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } answer } =>
            RetryAfter(answer) is not { } wanted || wanted <= _options.LongestRetryAfter,
        _ => false,
    };

    private static bool IsRefusal(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is OutboundRefusedException)
            {
                return true;
            }
        }

        return false;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage? answer) => answer is null ? null : RetryAfterField.Of(answer, _time);
}

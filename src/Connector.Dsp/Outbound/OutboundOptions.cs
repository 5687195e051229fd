using System.Collections.Immutable;
using System.Net;

namespace Connector.Dsp.Outbound;

/// <summary>What calls to addresses that peers named may do.</summary>
public sealed record OutboundOptions
{
    /// <summary>The setting's name as operators write it.</summary>
    public const string AllowedNetworksSetting = "allowedNetworks";

    /// <summary>Networks that may be called although they are not public.</summary>
    public ImmutableArray<IPNetwork> AllowedNetworks { get; init; } = [];

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the call to the answer's headers, tries and redirects included; of a buffered answer, to its end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest answer that is ever buffered, bytes. What is streamed is bounded by whoever reads it.</summary>
    public long MaxBufferedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Redirects that one call follows, all within its own scheme, host and port.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>Tries after the first, for calls that may be repeated.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The pause before the first retry, doubled for each next one, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A peer that asks for a longer pause gets its answer handed back instead (<c>Retry-After</c>, RFC 9110 §10.2.3).</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}

namespace Connector.Daemon.Effects;

/// <summary>How effects are performed.</summary>
public sealed record EffectRunnerOptions
{
    /// <summary>How often the store is searched for effects that a crash left behind.</summary>
    public TimeSpan RecoveryPeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Age at which an effect that keeps failing counts as refused.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Pause before the second attempt; each further one is about twice as long.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause between attempts.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause that a peer is granted when it asks for one.</summary>
    public TimeSpan LongestAskedDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages under way to one peer at the same time.</summary>
    public int MessagesPerPeer { get; init; } = 128;

    /// <summary>Pulls and pushes under way with one peer at the same time.</summary>
    public int ExchangesPerPeer { get; init; } = 16;

    /// <summary>How long a stop waits for effects under way.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);
}

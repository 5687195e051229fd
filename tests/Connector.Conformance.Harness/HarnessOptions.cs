namespace Connector.Conformance.Harness;

/// <summary>Where the connector under test and the webhooks are, and who it talks to.</summary>
public sealed record HarnessOptions
{
    /// <summary>Port of the Dataspace Protocol on 127.0.0.1.</summary>
    public int DspPort { get; init; } = 18282;

    /// <summary>Port of the two initiate webhooks on 127.0.0.1.</summary>
    public int WebhookPort { get; init; } = 18687;

    /// <summary>Participant id of the connector under test.</summary>
    public string Participant { get; init; } = "urn:connector:sut";

    /// <summary>Participant id of the suite.</summary>
    public string Suite { get; init; } = "TCK_PARTICIPANT";

    /// <summary>The suite's static <c>Authorization</c>; null asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>A script's key, such as <c>ACN0103</c>, by the id that the suite was told to use for it.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>Further ids of offers by dataset, as the suite was told; others are <c>CD123:{dataset}:456</c>.</summary>
    public IReadOnlyDictionary<string, string> Offers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long to wait before a step: the suite registers for the next message only after it has had its answer.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);
}

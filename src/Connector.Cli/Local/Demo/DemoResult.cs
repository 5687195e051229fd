using System.Text.Json.Nodes;

namespace Connector.Cli.Local.Demo;

/// <summary>What came of the demo, as <c>-o json</c> shows it.</summary>
internal sealed record DemoResult
{
    public required string Binding { get; init; }

    public required string NegotiationId { get; init; }

    public required string AgreementId { get; init; }

    /// <summary>Of the provider's file, lower-case hex.</summary>
    public required string DatasetSha256 { get; init; }

    /// <summary>Of the consumer's file, lower-case hex.</summary>
    public required string ReceivedSha256 { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Datasets that the company without the membership claim saw.</summary>
    public required int OutsiderSaw { get; init; }

    /// <summary><c>refused</c>, or what happened instead.</summary>
    public required string PullAfterRevocation { get; init; }

    /// <summary>Why, as the consumer was told.</summary>
    public required string RefusalReason { get; init; }

    /// <summary>Both logs are intact.</summary>
    public required bool EvidenceVerified { get; init; }

    public required double CatalogMs { get; init; }

    public required double NegotiationMs { get; init; }

    public required double TransferMs { get; init; }

    public required double? ProviderPeakMiB { get; init; }

    public required double? ConsumerPeakMiB { get; init; }

    public JsonObject ToJson() => new()
    {
        ["binding"] = Binding,
        ["negotiationId"] = NegotiationId,
        ["agreementId"] = AgreementId,
        ["datasetSha256"] = DatasetSha256,
        ["receivedSha256"] = ReceivedSha256,
        ["bytes"] = Bytes,
        ["outsiderSaw"] = OutsiderSaw,
        ["pullAfterRevocation"] = PullAfterRevocation,
        ["refusalReason"] = RefusalReason,
        ["evidenceVerified"] = EvidenceVerified,
        ["durationsMs"] = new JsonObject { ["catalog"] = Round(CatalogMs), ["negotiation"] = Round(NegotiationMs), ["transfer"] = Round(TransferMs) },
        ["peakMemoryMiB"] = new JsonObject { ["provider"] = ProviderPeakMiB, ["consumer"] = ConsumerPeakMiB },
    };

    /// <summary>What is not as the story tells it; null when all is.</summary>
    public string? Fault() => this switch
    {
        { OutsiderSaw: > 0 } => $"the outsider saw {OutsiderSaw} datasets",
        _ when DatasetSha256 != ReceivedSha256 => "what was received is not what was sent",
        { EvidenceVerified: false } => "the evidence does not verify",
        { PullAfterRevocation: not "refused" } => $"the pull after the revocation was {PullAfterRevocation}",
        _ => null,
    };

    private static double Round(double milliseconds) => Math.Round(milliseconds, 1);
}

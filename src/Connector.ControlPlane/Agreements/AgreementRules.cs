namespace Connector.ControlPlane.Agreements;

/// <summary>What may become of a finalized agreement: it ends once, and stays ended.</summary>
public static class AgreementRules
{
    /// <summary>Ends it. Ending it again for whatever reason changes nothing: the first end is the one that counts.</summary>
    public static Agreement End(Agreement agreement, AgreementEnd end) =>
        agreement.End is null ? agreement with { End = end } : agreement;

    /// <summary>Counts one more use. It belongs into the change that starts the transfer, so that no crash and no race parts the two.</summary>
    public static Agreement Use(Agreement agreement, DateTimeOffset now) => agreement with
    {
        Uses = agreement.Uses + 1,
        FirstUsedAt = agreement.Uses == 0 ? now : agreement.FirstUsedAt,
        LastUsedAt = now,
        Version = agreement.Version + 1,
    };

    /// <summary>Null while it is in force, else the refusal for whoever asks for its data.</summary>
    public static Refusal? Check(Agreement agreement) => agreement.End is not { } end
        ? null
        : new Refusal(RefusalKind.Ended, $"agreement-{end.Code}", $"the agreement has ended ({end.Code}): {end.Reason}", "agreementId", "negotiate a new agreement");

    /// <summary>The refusal where an agreement's rules can no longer be read.</summary>
    public static Refusal Unreadable(string fault) => new(RefusalKind.Internal, "agreement-unreadable", $"the agreement's rules can no longer be read: {fault}", null, "apply the Vocabulary document that they were read by");
}

namespace Connector.Cli;

/// <summary>A verb cannot go on for a reason that the person at the terminal should read.</summary>
/// <param name="message">What is wrong, in one sentence, naming what was found.</param>
/// <param name="mend">What to do about it; null when the message says all.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class Failure(string message, string? mend = null, int exitCode = ExitCode.Refused) : Exception(message)
{
    public string? Mend { get; } = mend;

    public int ExitCode { get; } = exitCode;

    /// <summary>A stable word for scripts (<c>policy-denied</c>, <c>not-found</c> …); null when there is none.</summary>
    public string? Code { get; init; }

    /// <summary>The field of the request or document that is to blame, when one is.</summary>
    public string? Field { get; init; }
}

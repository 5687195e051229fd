using Connector.ControlPlane;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Sources;

/// <summary>What a consumer is told of a dataset's HTTP source: never where it is, nor what it says.</summary>
internal static class SourceRefusals
{
    private const string AskProvider = "try again later; if it lasts, ask the provider";

    public static Refusal Unreachable { get; } = new(RefusalKind.Unavailable, "source-unreachable", "the dataset's source cannot be reached at present", null, AskProvider);

    public static Refusal NoCredentials { get; } = new(RefusalKind.Unavailable, "source-credentials", "the provider cannot show its source who asks at present", null, AskProvider);

    public static Refusal NoRoom { get; } = new(RefusalKind.Unavailable, "source-no-room", "the provider has no room to keep its source's answer at present", null, AskProvider);

    public static Refusal Redirects { get; } = new(RefusalKind.Unavailable, "source-redirects", "the dataset's source sends elsewhere, which is not followed", null, "ask the provider");

    public static Refusal TooSlow { get; } = new(RefusalKind.Unavailable, "source-too-slow", "the dataset's source answers too slowly", null, AskProvider);

    public static Refusal BrokeOff { get; } = new(RefusalKind.Unavailable, "source-broke-off", "the dataset's source broke off before its answer was whole", null, AskProvider);

    public static Refusal TooLarge(long most) => new(RefusalKind.Exhausted, "source-too-large", $"the source's answer is longer than the {most} bytes that are passed on", null, "ask for less of it, or ask the provider");

    public static Refusal NotForwarded(string field, string what, string mend) => new(RefusalKind.Forbidden, "not-forwarded", $"{field} {what}", field, mend);

    /// <summary>An answer without data.</summary>
    public static Refusal Of(HttpResponseMessage answer, TimeProvider time) => Of((int)answer.StatusCode) with { RetryAfter = RetryAfterField.Of(answer, time) };

    private static Refusal Of(int status) => status switch
    {
        401 or 403 or 407 => new Refusal(RefusalKind.Unavailable, "source-denied", "the dataset's source does not let the provider in at present", null, "ask the provider to look at its credentials"),
        404 or 410 => new Refusal(RefusalKind.NotFound, "source-not-found", "the dataset's source has nothing there", "path", "check the path and the query, or ask the provider"),
        >= 300 and < 400 => Redirects,
        429 or 503 => new Refusal(RefusalKind.Unavailable, "source-busy", "the dataset's source is busy", null, "try again later"),
        >= 400 and < 500 => Refusal.Malformed("request", $"is not taken by the dataset's source, which answers {status}", "check the path and the query, or ask the provider"),
        _ => new Refusal(RefusalKind.Unavailable, "source-failed", $"the dataset's source answers {status}", null, AskProvider),
    };
}

using System.Globalization;

namespace Connector.Dsp.Outbound;

/// <summary>The pause that an answer asks for (<c>Retry-After</c>, RFC 9110 §10.2.3).</summary>
internal static class RetryAfterField
{
    /// <summary>Never negative; null when the answer does not say.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The field's text, in whole seconds.</summary>
    public static string Of(TimeSpan pause) => ((long)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
